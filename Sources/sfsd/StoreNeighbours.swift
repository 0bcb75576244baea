import SFSCatalog
import SFSCore
import SFSStore
import SFSWire
import Synchronization

/// How the stores of this process reach all others by their names.
final class StoreNeighbours: Sendable {
    private let catalog: Catalog
    private let connections: MemberConnections
    private let locals = Mutex<[Store]>([])

    init(catalog: Catalog, connections: MemberConnections) {
        self.catalog = catalog
        self.connections = connections
    }

    /// Tells of the stores of this process, which are called directly.
    func set(_ stores: [Store]) {
        locals.withLock { $0 = stores }
    }

    /// The store called `name`; `nil` when there is none, or nobody can reach it.
    func store(named name: MemberName) async throws -> (any StoreTransport)? {
        if let local = locals.withLock({ $0.first { $0.settings.name == name } }) { return local }
        guard let url = try await catalog.store(named: name)?.url else { return nil }
        return try connections.store(at: url)
    }
}
