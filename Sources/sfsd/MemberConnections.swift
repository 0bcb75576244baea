import Logging
import SFSClient
import SFSCore
import SFSWire
import Synchronization

/// Connections to stores of other processes, one pool per address, closed together at the end.
final class MemberConnections: Sendable {
    /// Addresses that stores had since the start; more than any cluster has stores.
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
        let address = try HTTPAddress(parsing: url)
        return try transports.withLock { transports in
            if let known = transports[url] { return StoreClient(known) }
            guard transports.count < Self.addressesMaximum else {
                throw SFSError(.busy, "too many addresses of stores")
            }
            let transport = HTTPTransport(address, token: token, logger: logger)
            transports[url] = transport
            return StoreClient(transport)
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
