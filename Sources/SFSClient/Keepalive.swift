import Glibc
import NIOCore

/// The kernel's own questions to a host that is silent.
///
/// They end a connection to a host that is gone, also where a reply may be hours in coming.
enum Keepalive {
    /// How many questions in a row may stay without an answer.
    private static let questionsMaximum = 3

    /// Has TCP ask every `interval`; does nothing to a connection that is not TCP.
    static func set(on channel: any Channel, every interval: Duration) throws {
        guard let options = channel.syncOptions,
            [.inet, .inet6].contains(channel.remoteAddress?.protocol)
        else { return }
        let seconds = max(1, Int(interval.components.seconds))
        try options.setOption(.socketOption(.so_keepalive), value: 1)
        for (name, value) in [
            (TCP_KEEPIDLE, seconds), (TCP_KEEPINTVL, seconds), (TCP_KEEPCNT, questionsMaximum),
        ] {
            try options.setOption(.tcpOption(NIOBSDSocket.Option(rawValue: name)), value: value)
        }
    }
}
