import Foundation
import Logging
import NIOPosix
import SFSCatalog
import SFSClient
import SFSCore
import SFSHTTP
import SFSServer
import SFSStore
import SFSWire

/// Makes the stores of a test cluster, and listeners for them where they are reached over HTTP.
struct StorePlan {
    let folder: String
    let zones: Int
    let storesPerZone: Int
    let minFree: ByteCount
    let cluster: ClusterIdentity
    let catalog: Catalog
    let logger: Logger
    /// What the stores see of each other.
    let peers = TestPeers()
    var feed: ChangeFeed?
    var ledger: TrafficLedger?
    var grants: GrantKeys?
    var staleAfter: Duration = .seconds(60)
    /// What is different from the ordinary.
    var settings: @Sendable (inout StoreSettings) -> Void = { _ in }
    var throttle: Throttle?

    private static let token = "a-token-for-tests-only"

    static func zone(_ number: Int) throws -> MemberName {
        try MemberName(parsing: "zone-\(number)")
    }

    /// Runs `body` with open stores and the transports that reach them.
    func with(
        _ reach: Reach, _ body: ([Store], [FaultyStore]) async throws -> Void
    ) async throws {
        let stores = try (0..<zones).flatMap { zone in
            try (0..<storesPerZone).map { try store(zone: zone, number: $0) }
        }
        for store in stores { _ = try await store.initialise() }
        do {
            switch reach {
            case .inProcess:
                try await body(stores, peers.connect(stores, stores))
            case .overHTTP:
                try await withListeners(stores, at: 0, transports: []) {
                    try await body(stores, peers.connect(stores, $0))
                }
            }
        } catch {
            for store in stores { await store.close() }
            throw error
        }
        for store in stores { await store.close() }
    }

    private func store(zone: Int, number: Int) throws -> Store {
        let name = "store-\(zone)-\(number)"
        let path = "\(folder)/\(name)"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false)
        let peers = peers
        var settings = StoreSettings(
            name: try MemberName(parsing: name), zone: try Self.zone(zone),
            host: try MemberName(parsing: "host-\(number)"), folder: path, minFree: minFree,
            staleAfter: staleAfter)
        self.settings(&settings)
        return try Store(
            settings: settings, url: nil, cluster: cluster, catalog: catalog, feed: feed,
            ledger: ledger, grants: grants, peers: { peers[$0] }, throttle: throttle,
            logger: logger)
    }

    /// Opens a listener for each store from `index` on, then runs `body` with all transports.
    private func withListeners(
        _ stores: [Store], at index: Int, transports: [any StoreTransport],
        _ body: ([any StoreTransport]) async throws -> Void
    ) async throws {
        guard index < stores.count else { return try await body(transports) }
        let access = Access(memberToken: Self.token)
        let routes = StoreRoutes(store: stores[index], access: access, jsonMaximum: 1 << 20)
        let server = HTTPServer(
            listeners: [.tcp(host: "127.0.0.1", port: 0, tls: nil)],
            handler: Handling(routes, logger: logger), logger: logger,
            group: MultiThreadedEventLoopGroup.singleton)
        let port = try await server.bind().first?.port ?? 0
        let client = HTTPTransport(
            try HTTPAddress(parsing: "http://127.0.0.1:\(port)"), token: Self.token)
        let outcome = await withTaskGroup(of: Void.self) { group in
            group.addTask {
                do { try await server.run() } catch { logger.error("\(error)") }
            }
            defer { group.cancelAll() }
            do {
                try await withListeners(
                    stores, at: index + 1, transports: transports + [StoreClient(client)], body)
                return Result<Void, any Error>.success(())
            } catch {
                return .failure(error)
            }
        }
        await client.shutdown()
        try outcome.get()
    }
}
