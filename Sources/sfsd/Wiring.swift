import Logging
import NIOCore
import SFSCatalog
import SFSClient
import SFSConfig
import SFSCore
import SFSEngine
import SFSFetch
import SFSFiles
import SFSHTTP
import SFSPrism
import SFSServer
import SFSStore
import SFSWire

/// Makes members of what the configuration says, and puts them behind their listeners.
struct Wiring: Sendable {
    let configuration: Configuration
    let catalog: Catalog
    let cluster: ClusterIdentity
    /// They serve the connections of all listeners.
    let threads: any EventLoopGroup
    /// To members of other processes.
    let connections: MemberConnections
    /// News of revoked purchases, for all members of this process.
    let feed: ChangeFeed
    /// Hits and bytes that all of them count.
    let ledger: TrafficLedger
    /// What operators ask for, and what the cluster does by itself.
    let engine: Engine
    /// Brings lost replicas back, when this process leads.
    let repair: RepairLeader
    /// Goes on with a rebuild of the catalog, when there is one and this process leads.
    let rebuild: RebuildLeader

    /// What a member shows another over HTTP.
    private let memberToken: String
    private let grants: GrantKeys
    private let neighbours: StoreNeighbours
    /// What all stores of this process may move together; `nil` = no limit.
    private let throttle: Throttle?

    /// `catalogURL` is where the catalog was found.
    init(
        configuration: Configuration, catalog: Catalog, catalogURL: String,
        cluster: ClusterIdentity, threads: any EventLoopGroup
    ) throws {
        self.configuration = configuration
        self.catalog = catalog
        self.cluster = cluster
        self.threads = threads
        memberToken = try MemberToken.make(from: configuration.clusterKey)
        connections = MemberConnections(
            token: memberToken, logger: Logger("client", configuration.log))
        feed = ChangeFeed(catalog: catalog, logger: Logger("feed", configuration.log))
        ledger = TrafficLedger(
            catalog: catalog, slotLife: configuration.delivery.slotLife,
            logger: Logger("traffic", configuration.log))
        grants = GrantKeys(clusterKey: configuration.clusterKey.bytes) {
            message, key throws(SFSError) in try MessageCode.make(message, key: key)
        }
        let neighbours = StoreNeighbours(catalog: catalog, connections: connections)
        self.neighbours = neighbours
        throttle = configuration.tasks.bandwidth.map { Throttle(bytesPerSecond: $0.bytes) }
        let findings = LocalFindings(configuration: configuration)
        let expected = configuration.stores.map(\.name)
        engine = Engine(
            catalog: catalog, cluster: cluster, settings: configuration.engineSettings,
            care: configuration.careSettings,
            reach: EngineReach(
                peers: neighbours.store(named:), localFindings: { findings.all() },
                expectedStores: { expected },
                catalogURL: CatalogURL.withoutPassword(catalogURL),
                isCatalogPrivate: configuration.catalog.url == nil),
            logger: Logger("engine", configuration.log))
        let member = configuration.prisms.first?.name ?? configuration.stores.first?.name
        let holder = "\(member?.text ?? "sfsd") \(UploadID.random())"
        repair = RepairLeader(engine: engine, holder: holder)
        rebuild = RebuildLeader(engine: engine, holder: holder)
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
        let stores = try configuration.stores.map { store in
            try Store(
                settings: settings(of: store), url: store.url ?? url(of: store.name, doors),
                reach: store.reach(behind: doors.first { $0.name == store.name }),
                cluster: cluster, catalog: catalog, feed: feed, ledger: ledger, grants: grants,
                peers: neighbours.store(named:), throttle: throttle,
                logger: Logger("store", configuration.log))
        }
        neighbours.set(stores)
        return stores
    }

    /// What the prisms of this process share; they call `stores` directly.
    func services(with stores: [Store]) throws -> PrismServices {
        let fleet = Fleet(
            catalog: catalog,
            locals: stores.map { store in
                Fleet.Local(
                    name: store.settings.name, zone: store.settings.zone,
                    host: store.settings.host, transport: store)
            },
            offlineAfter: configuration.health.offlineAfter, grace: configuration.repair.grace,
            suspicion: configuration.health.suspicion, connect: connections.store(at:))
        return try PrismServices(
            catalog: catalog, fleet: fleet, feed: feed, ledger: ledger, grants: grants,
            fetcher: Fetcher(
                limits: configuration.retrieve.limits, workers: configuration.retrieve.workers),
            logins: configuration.accounts.settings,
            smallBytesTotal: Int(configuration.ingest.smallBytesTotal.bytes), repair: repair.state,
            connect: connections.prism(at:))
    }

    /// The prisms of this process.
    func prisms(behind doors: [Door], with services: PrismServices) -> [Prism] {
        configuration.prisms.map { prism in
            Prism(
                settings: settings(of: prism), url: prism.url ?? url(of: prism.name, doors),
                cluster: cluster, services: services, logger: Logger("prism", configuration.log))
        }
    }

    /// Lets every door lead to its member: routes of a prism and of a store never mix.
    func connect(_ doors: [Door], _ prisms: [Prism], _ stores: [Store]) {
        let jsonMaximum = Int(configuration.http.jsonBytesMaximum.bytes)
        let logger = Logger("http", configuration.log)
        let catalog = catalog
        for door in doors {
            if let prism = prisms.first(where: { $0.settings.name == door.name }) {
                let routes = PrismRoutes(
                    prism: prism, engine: engine, access: access(to: prism), stores: stores,
                    jsonMaximum: jsonMaximum, isReady: { await catalog.isReachable })
                door.lead(to: Handling(routes, logger: logger))
            } else if let store = stores.first(where: { $0.settings.name == door.name }) {
                let routes = StoreRoutes(
                    store: store, access: access(to: store), jsonMaximum: jsonMaximum)
                door.lead(to: Handling(routes, logger: logger))
            }
        }
    }

    private func access(to prism: Prism) -> Access {
        let credentials = configuration.prisms.first { $0.name == prism.settings.name }?.credentials
        return Access(
            tokens: configuration.tokens.map(\.text), memberToken: memberToken,
            credentials: (credentials ?? []).map(Credentials.init),
            operatorGroup: configuration.operatorGroup?.id,
            sessions: { token in
                try await prism.session(token).map { .session($0.account, $0.roles) }
            })
    }

    private func access(to store: Store) -> Access {
        let credentials = configuration.stores.first { $0.name == store.settings.name }?.credentials
        return Access(
            memberToken: memberToken, credentials: (credentials ?? []).map(Credentials.init),
            operatorGroup: configuration.operatorGroup?.id)
    }

    private func settings(of store: StoreConfiguration) -> StoreSettings {
        var settings = StoreSettings(
            name: store.name, zone: store.zone, host: store.host, folder: store.volume,
            minFree: store.minFreeBytes, diskThreads: store.diskThreads,
            groupFiles: store.groupFiles,
            spoolTimeout: store.spoolTimeout, heartbeat: configuration.health.heartbeat,
            diskTrial: configuration.health.diskTrial,
            minCopies: configuration.copies, proofWindow: configuration.verify.window,
            taskConcurrency: configuration.tasks.concurrency,
            taskLease: configuration.tasks.lease, taskAttempts: configuration.tasks.attempts,
            taskPoll: configuration.tasks.poll, trashGrace: configuration.tasks.trashGrace,
            verifyRate: configuration.verify.rate.bytes,
            verifyInterval: configuration.verify.interval,
            verifyWindow: configuration.verify.window,
            inventoryInterval: configuration.verify.inventoryInterval,
            staleAfter: configuration.delivery.staleAfter)
        settings.deliveryCheck = configuration.delivery.check
        settings.openReplicasMaximum = configuration.delivery.openReplicasMaximum
        return settings
    }

    /// What each member of this process watches with.
    func watches() -> [Watch] {
        let names = configuration.prisms.map(\.name) + configuration.stores.map(\.name)
        let connections = connections
        return names.map { name in
            Watch(
                member: name, catalog: catalog, settings: configuration.watchSettings,
                logger: Logger("watch", configuration.log)
            ) { member in
                guard let url = member.url else { return }
                try await connections.prism(at: url).ping()
            }
        }
    }

    private func settings(of prism: PrismConfiguration) -> PrismSettings {
        var settings = PrismSettings(
            name: prism.name, zone: prism.zone,
            host: MemberName.ofThisHost() ?? prism.name, copies: configuration.copies,
            windowBytes: Int(configuration.ingest.windowBytes.bytes),
            storeTimeout: configuration.ingest.storeTimeout,
            readTimeout: configuration.delivery.readTimeout,
            suspicion: configuration.health.suspicion,
            heartbeat: configuration.health.heartbeat,
            offlineAfter: configuration.health.offlineAfter)
        settings.smallBytes = configuration.ingest.smallBytes.bytes
        settings.uploadBytesMaximum = configuration.http.uploadBytesMaximum.bytes
        settings.delivery = configuration.deliverySettings(of: prism)
        settings.purchases = configuration.purchase.settings
        settings.logins = configuration.accounts.settings
        return settings
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
