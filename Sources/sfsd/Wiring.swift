import Logging
import NIOCore
import SFSCatalog
import SFSConfig
import SFSCore
import SFSFiles
import SFSHTTP
import SFSPrism
import SFSServer
import SFSStore

/// Makes members of what the configuration says, and puts them behind their listeners.
struct Wiring: Sendable {
    let configuration: Configuration
    let catalog: Catalog
    let cluster: ClusterIdentity
    /// They serve the connections of all listeners.
    let threads: any EventLoopGroup
    /// To stores of other processes.
    let connections: MemberConnections

    /// What a member shows another over HTTP.
    private let memberToken: String

    init(
        configuration: Configuration, catalog: Catalog, cluster: ClusterIdentity,
        threads: any EventLoopGroup
    ) throws {
        self.configuration = configuration
        self.catalog = catalog
        self.cluster = cluster
        self.threads = threads
        memberToken = try MemberToken.make(from: configuration.clusterKey)
        connections = MemberConnections(
            token: memberToken, logger: Logger("client", configuration.log))
    }

    /// Binds a door for every member that listens, so that members know their ports when they
    /// join the cluster.
    func bind() async throws -> [Door] {
        let members =
            configuration.stores.map { ($0.name, $0.listen) }
            + configuration.prisms.map { ($0.name, $0.listen) }
        var doors: [Door] = []
        for (name, listen) in members where !listen.isEmpty {
            doors.append(
                try await Door.bind(
                    listen.map(address), of: name, limits: configuration.http.limits,
                    threads: threads, logger: Logger("http", configuration.log)))
        }
        return doors
    }

    /// The stores of this process, none of them open.
    func stores(behind doors: [Door]) throws -> [Store] {
        try configuration.stores.map { store in
            try Store(
                settings: StoreSettings(
                    name: store.name, zone: store.zone, host: store.host, folder: store.volume,
                    minFree: store.minFreeBytes, diskThreads: store.diskThreads,
                    spoolTimeout: store.spoolTimeout, heartbeat: configuration.health.heartbeat),
                url: store.url ?? url(of: store.name, doors), cluster: cluster, catalog: catalog,
                logger: Logger("store", configuration.log))
        }
    }

    /// The prisms of this process, which call `stores` directly.
    func prisms(behind doors: [Door], with stores: [Store]) -> [Prism] {
        let fleet = Fleet(
            catalog: catalog,
            locals: stores.map { store in
                Fleet.Local(
                    name: store.settings.name, zone: store.settings.zone,
                    host: store.settings.host, transport: store)
            },
            offlineAfter: configuration.health.offlineAfter,
            suspicion: configuration.health.suspicion, connect: connections.store(at:))
        let puts = KeyedLock<ContentHash>()
        return configuration.prisms.map { prism in
            Prism(
                settings: settings(of: prism), url: prism.url ?? url(of: prism.name, doors),
                cluster: cluster, catalog: catalog, fleet: fleet, puts: puts,
                logger: Logger("prism", configuration.log))
        }
    }

    /// Lets every door lead to its member: routes of a prism and of a store never mix.
    func connect(_ doors: [Door], _ prisms: [Prism], _ stores: [Store]) {
        let jsonMaximum = Int(configuration.http.jsonBytesMaximum.bytes)
        let forClients = Access(
            tokens: configuration.tokens.map { String(decoding: $0.bytes, as: UTF8.self) },
            operatorGroup: configuration.operatorGroup?.id)
        let forMembers = Access(
            tokens: [memberToken], operatorGroup: configuration.operatorGroup?.id)
        let logger = Logger("http", configuration.log)
        let catalog = catalog
        for door in doors {
            if let prism = prisms.first(where: { $0.settings.name == door.name }) {
                let routes = PrismRoutes(
                    prism: prism, access: forClients, stores: stores, jsonMaximum: jsonMaximum,
                    isReady: { await catalog.isReachable })
                door.lead(to: Handling(routes, logger: logger))
            } else if let store = stores.first(where: { $0.settings.name == door.name }) {
                let routes = StoreRoutes(
                    store: store, access: forMembers, jsonMaximum: jsonMaximum)
                door.lead(to: Handling(routes, logger: logger))
            }
        }
    }

    private func settings(of prism: PrismConfiguration) -> PrismSettings {
        PrismSettings(
            name: prism.name, zone: prism.zone,
            host: MemberName.ofThisHost() ?? prism.name, copies: configuration.copies,
            windowBytes: Int(configuration.ingest.windowBytes.bytes),
            storeTimeout: configuration.ingest.storeTimeout,
            readTimeout: configuration.delivery.readTimeout,
            suspicion: configuration.health.suspicion,
            heartbeat: configuration.health.heartbeat,
            offlineAfter: configuration.health.offlineAfter)
    }

    private func url(of name: MemberName, _ doors: [Door]) -> String? {
        doors.first { $0.name == name }?.url
    }

    private func address(_ listener: ListenerConfiguration) -> ListenerAddress {
        switch listener {
        case .tcp(let address, let port, let tls):
            .tcp(
                host: address, port: port,
                tls: tls.map { TLSFiles(certificateChain: $0.certificate, privateKey: $0.key) })
        case .unix(let path, let mode):
            .unix(path: path, mode: mode.bits, group: configuration.operatorGroup?.id)
        }
    }
}

extension Catalog {
    /// Whether it answers within two seconds.
    fileprivate var isReachable: Bool {
        get async {
            do {
                try await withTimeLimit(.seconds(2), "the catalog") { [self] in try await ping() }
                return true
            } catch {
                return false
            }
        }
    }
}
