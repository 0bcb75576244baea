import Logging
import SFSClient
import SFSCore
import SFSWire
import Synchronization

/// Connections to members of other processes, one pool per address, closed together at the end.
final class MemberConnections: Sendable {
    /// Addresses that members had since the start; more than any cluster has members.
    private static let addressesMaximum = 10_000

    private let token: String
    private let logger: Logger
    private let transports = Mutex<[String: HTTPTransport]>([:])

    init(token: String, logger: Logger) {
        self.token = token
        self.logger = logger
    }

    /// The store at `url`.
    ///
    /// - Throws: `SFSError` with code `.usage` when that is not an address.
    func store(at url: String) throws -> any StoreTransport {
        StoreClient(try transport(to: url))
    }

    /// The prism at `url`.
    ///
    /// - Throws: `SFSError` with code `.usage` when that is not an address.
    func prism(at url: String) throws -> PrismClient {
        PrismClient(try transport(to: url))
    }

    private func transport(to url: String) throws -> HTTPTransport {
        let address = try HTTPAddress(parsing: url)
        return try transports.withLock { transports in
            if let known = transports[url] { return known }
            guard transports.count < Self.addressesMaximum else {
                throw SFSError(.busy, "too many addresses of members")
            }
            let transport = HTTPTransport(address, token: token, logger: logger)
            transports[url] = transport
            return transport
        }
    }

    /// Closes all of them.
    func shutdown() async {
        let transports = transports.withLock { transports in
            defer { transports = [:] }
            return Array(transports.values)
        }
        for transport in transports { await transport.shutdown() }
    }
}
