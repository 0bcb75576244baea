package import SFSCore
import SFSWire
import Synchronization

/// Somebody with a purchase, who goes where the prism says: the way of every viewer.
package final class Viewer: Sendable {
    private let prism: PrismClient
    /// To stores, by what URLs of theirs begin with.
    private let stores = Mutex<[String: HTTPTransport]>([:])

    /// Asks `prism` first; `shutdown()` must be called before the last reference goes.
    package init(_ prism: PrismClient) {
        self.prism = prism
    }

    /// Closes the connections to stores.
    package func shutdown() async {
        let transports = stores.withLock { stores in
            defer { stores = [:] }
            return Array(stores.values)
        }
        for transport in transports { await transport.shutdown() }
    }

    /// The bytes that the purchase `token` gives, from the store that the prism names, or from the
    /// prism itself.
    ///
    /// - Throws: `SFSError` with code `.notFound` when it gives none.
    package func play(_ token: PurchaseToken) async throws -> ContentBody {
        let path = "/\(token.text)/play"
        guard let location = try await prism.transport.location(path) else {
            return try await prism.transport.read(path, range: nil)
        }
        guard let start = location.firstRange(of: "://")?.upperBound,
            let slash = location[start...].firstIndex(of: "/")
        else { throw prism.transport.failure.senseless("a redirect to nowhere") }
        let store = try transport(to: String(location[..<slash]))
        return try await store.read(String(location[slash...]), range: nil)
    }

    private func transport(to base: String) throws -> HTTPTransport {
        let address = try HTTPAddress(parsing: base)
        let limits = prism.transport.limits
        return stores.withLock { stores in
            if let known = stores[base] { return known }
            let new = HTTPTransport(address, limits: limits)
            stores[base] = new
            return new
        }
    }
}
