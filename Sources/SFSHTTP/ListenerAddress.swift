/// Where the server listens.
package enum ListenerAddress: Sendable, Hashable {
    /// An IPv4 or IPv6 address, or `localhost` for 127.0.0.1; with port 0 the kernel picks one.
    case tcp(host: String, port: Int, tls: TLSFiles?)
    /// A socket file with these permission bits, owned by `group` where one is given.
    case unix(path: String, mode: UInt16, group: UInt32?)

    /// Whether bytes travel encrypted.
    package var isSecure: Bool {
        switch self {
        case .tcp(_, _, let tls): tls != nil
        case .unix: false
        }
    }
}

extension ListenerAddress: CustomStringConvertible {
    /// For example `127.0.0.1:8161`, `[::1]:8161` or `/run/stretchfs/sfsd.sock`.
    package var description: String {
        switch self {
        case .tcp(let host, let port, _):
            host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path, _, _): path
        }
    }
}

/// A certificate and its key, as files in PEM.
package struct TLSFiles: Sendable, Hashable {
    /// Path of the chain, the server's own certificate first.
    package var certificateChain: String
    /// Path of the private key, without a passphrase.
    package var privateKey: String

    /// Names two files, which are read when the listener is bound.
    package init(certificateChain: String, privateKey: String) {
        self.certificateChain = certificateChain
        self.privateKey = privateKey
    }
}

/// A listener that is bound.
package struct BoundListener: Sendable, Hashable {
    /// As configured, but with the port that the kernel picked.
    package let address: ListenerAddress

    /// The port; `nil` for a Unix socket.
    package var port: Int? {
        switch address {
        case .tcp(_, let port, _): port
        case .unix: nil
        }
    }
}
