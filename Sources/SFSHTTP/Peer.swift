import CLinux
import Glibc
import NIOCore
import SFSCore

/// Who is at the other end of a connection, as the kernel says.
package enum Peer: Sendable, Hashable {
    /// A network address in its usual text form.
    case address(host: String, port: Int)
    /// A process on this machine: who it was when it connected to the Unix socket.
    case unix(userID: UInt32, groupID: UInt32, processID: Int32)

    /// The network address in text form; `nil` on a Unix socket.
    package var host: String? {
        if case .address(let host, _) = self { host } else { nil }
    }

    /// The peer at `address`; `nil` for what is no network address.
    init?(_ address: SocketAddress) {
        guard let host = address.ipAddress else { return nil }
        self = .address(host: host, port: address.port ?? 0)
    }

    /// Asks the kernel about `channel`.
    static func of(_ channel: any Channel) async throws -> Peer {
        if let peer = channel.remoteAddress.flatMap(Peer.init) { return peer }
        guard let options = channel as? any SocketOptionProvider else {
            throw SFSError(.internal, "the connection has no socket")
        }
        let credentials: sfs_peer_credentials = try await options.unsafeGetSocketOption(
            level: .socket, name: NIOBSDSocket.Option(rawValue: SO_PEERCRED)
        ).get()
        return .unix(
            userID: credentials.user, groupID: credentials.group, processID: credentials.process)
    }
}

extension Peer: CustomStringConvertible {
    /// For logs: `192.0.2.1:4711`, or `pid 12 of user 1000`.
    package var description: String {
        switch self {
        case .address(let host, let port):
            host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let userID, _, let processID): "pid \(processID) of user \(userID)"
        }
    }
}
