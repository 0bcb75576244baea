import Logging
import SFSCatalog
import SFSConfig
import SFSCore
import SFSHTTP
import SFSPrism
import SFSStore
import ServiceLifecycle
import UnixSignals

/// One `sfsd`: the catalog, then stores, then prisms, then their listeners; stopped in reverse.
struct Daemon: Sendable {
    let configuration: Configuration
    /// Held as long as the daemon lives.
    let lock: StateLock
    /// Whether a store that the catalog does not know yet gets a volume; only for development.
    var makesVolumes = false
    /// Told each step of the start, for a person.
    var tell: @Sendable (String) -> Void = { _ in }
    /// Whether SIGHUP ends it, as it ends other programs whose terminal is closed, instead of
    /// having certificates read again.
    var endsWithTerminal = false
    /// Called once, when everything serves.
    var whenReady: @Sendable (ReadyCluster) async throws -> Void = { _ in }

    /// From SIGTERM to the end, at most; what still runs then is cut off.
    private static let stopTimeout: Duration = .seconds(29)

    /// Runs until SIGTERM or SIGINT, or until a part of it ends by itself.
    ///
    /// - Throws: `SFSError` when it cannot start or a part failed.
    func run() async throws {
        let logger = Logger("sfsd", configuration.log)
        DescriptorLimit.raise(logger)
        let life = DaemonLife(daemon: self, logger: logger)
        var group = ServiceGroupConfiguration(
            services: [.init(service: life, successTerminationBehavior: .gracefullyShutdownGroup)],
            gracefulShutdownSignals: [.sigterm, .sigint] + (endsWithTerminal ? [.sighup] : []),
            logger: logger)
        group.maximumGracefulShutdownDuration = Self.stopTimeout
        do {
            try await ServiceGroup(configuration: group).run()
        } catch let error as SFSError {
            throw error
        } catch {
            throw SFSError(.internal, "a part of sfsd ended by itself", cause: error)
        }
    }

    /// Everything between the first and the last moment.
    fileprivate func live(_ logger: Logger) async throws {
        let hangUps = endsWithTerminal ? nil : await UnixSignalsSequence(trapping: .sighup)
        let opening = DaemonCatalog(configuration: configuration, tell: tell, logger: logger)
        try await opening.with { catalog, url, cluster in
            let threads = ServerThreads(count: configuration.http.threads)
            let wiring = try Wiring(
                configuration: configuration, catalog: catalog, catalogURL: url,
                cluster: cluster, threads: threads.group)
            try await withCleanUp {
                try await serve(wiring, hangUps, logger)
            } finally: {
                await wiring.connections.shutdown()
                try await threads.shutdown()
            }
        }
    }

    private func serve(
        _ wiring: Wiring, _ hangUps: UnixSignalsSequence?, _ logger: Logger
    ) async throws {
        let services = try await cancelWhenGracefulShutdown { () async throws -> [any Service] in
            let doors = try await wiring.bind()
            let stores = try wiring.stores(behind: doors)
            let opened = try await open(stores, wiring.catalog, logger)
            let shared = try wiring.services(with: stores)
            let prisms = wiring.prisms(behind: doors, with: shared)
            for prism in prisms { try await prism.open() }
            try await wiring.feed.refresh()
            wiring.connect(doors, prisms, stores)
            let ready = ReadyCluster(
                name: configuration.cluster, prisms: prisms.count, stores: opened,
                url: prisms.compactMap(\.url).first, prism: prisms.first)
            var services: [any Service] = [
                NewsService(
                    feed: wiring.feed, ledger: wiring.ledger,
                    interval: configuration.delivery.trafficInterval),
                TidyService(
                    catalog: wiring.catalog, trafficKept: configuration.delivery.trafficKept,
                    logger: logger),
                PasswordService(services: shared),
            ]
            services += wiring.watches().map(WatchService.init) as [any Service]
            services += [
                RepairService(leader: wiring.repair), RebuildService(leader: wiring.rebuild),
            ]
            services += stores.map(StoreService.init) as [any Service]
            services += prisms.map(PrismService.init) as [any Service]
            services += doors.map(DoorService.init) as [any Service]
            if let hangUps {
                services.append(
                    CertificateService(doors: doors, hangUps: hangUps, logger: logger))
            }
            services.append(ReadyService(logger: logger) { try await whenReady(ready) })
            return services
        }
        try await ServiceGroup(services: services, logger: logger).run()
    }

    /// Opens the stores that can be opened, and says how many; one that is refused tries again by
    /// itself.
    ///
    /// - Throws: `SFSError` with code `.configuration` when nothing is left to run.
    private func open(
        _ stores: [Store], _ catalog: Catalog, _ logger: Logger
    ) async throws -> Int {
        var refusals: [SFSError] = []
        for store in stores {
            let name = store.settings.name
            do {
                if makesVolumes, try await catalog.store(named: name) == nil {
                    _ = try await store.initialise()
                } else {
                    try await store.open()
                }
                tell("store '\(name)' is in service")
            } catch {
                try Task.checkCancellation()
                let error = SFSError(wrapping: error)
                logger.error(
                    "store is not in service", metadata: ["store": "\(name)", "error": "\(error)"])
                tell("store '\(name)' is not in service: \(error.message)")
                refusals.append(error)
            }
        }
        if refusals.count == stores.count, !configuration.canMakeVolumes {
            let reasons = refusals.map { "\n  \($0.message)" }.joined()
            throw SFSError(.configuration, "no store can start:\(reasons)")
        }
        return stores.count - refusals.count
    }
}

/// The daemon's life as one service, so that signals reach all of it from the first moment on.
private struct DaemonLife: Service {
    let daemon: Daemon
    let logger: Logger

    func run() async throws {
        do {
            try await daemon.live(logger)
        } catch is CancellationError {
            // A signal came before it was ready.
        }
        logger.notice("stopped")
    }
}

extension Configuration {
    /// Whether `sfs store init` can reach this process, so that running without a store has a use.
    fileprivate var canMakeVolumes: Bool {
        let listeners = prisms.flatMap(\.listen) + stores.flatMap(\.listen)
        return !prisms.isEmpty
            || listeners.contains { listener in
                switch listener {
                case .unix: true
                case .tcp: false
                }
            }
    }
}
