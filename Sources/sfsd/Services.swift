import Logging
import SFSConfig
import SFSCatalog
import SFSHTTP
import SFSPrism
import SFSStore
import ServiceLifecycle

/// Keeps a store in service.
struct StoreService: Service {
    let store: Store

    func run() async throws {
        // Ending by cancellation is how a store ends.
        _ = try? await cancelWhenGracefulShutdown { try await store.run() }
        await store.close()
    }
}

/// Keeps a prism in service.
struct PrismService: Service {
    let prism: Prism

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await prism.run()
        } onGracefulShutdown: {
            prism.stop()
        }
        await prism.close()
    }
}

/// Serves the listeners of a member.
struct DoorService: Service {
    let door: Door

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await door.server.run()
        } onGracefulShutdown: {
            door.server.beginGracefulStop()
        }
    }
}

/// Hears of what was revoked, and tells the catalog what was delivered.
struct NewsService: Service {
    let feed: ChangeFeed
    let ledger: TrafficLedger
    /// How often it tells.
    let interval: Duration

    func run() async throws {
        // Ending by cancellation is how both end.
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                group.addTask { await feed.run() }
                group.addTask { await ledger.run(every: interval) }
            }
        }
        await ledger.close()
    }
}

/// Removes from the catalog what nobody can use any more, every hour.
///
/// Each process does; it is the same however often it is done.
struct TidyService: Service {
    let catalog: Catalog
    /// For how long traffic is kept.
    let trafficKept: Duration
    let logger: Logger

    func run() async throws {
        // Ending by cancellation is how it ends.
        _ = try? await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: .seconds(Int.random(in: 3000...4200)))
                await tidy()
            }
        }
    }

    private func tidy() async {
        do {
            let partitions = try await catalog.prunePurchases()
            let sessions = try await catalog.pruneSessions()
            _ = try await catalog.pruneSlots()
            _ = try await catalog.pruneRemovals()
            _ = try await catalog.pruneTraffic(olderThan: trafficKept)
            logger.info(
                "catalog tidied",
                metadata: ["partitions": "\(partitions)", "sessions": "\(sessions)"])
        } catch {
            logger.warning("cannot tidy the catalog", metadata: ["error": "\(error)"])
        }
    }
}

/// Ends the threads that hash passwords, after everything that uses them.
struct PasswordService: Service {
    let services: PrismServices

    func run() async throws {
        try? await gracefulShutdown()
        await services.shutdown()
    }
}

/// Says when all services above it run, and when they begin to stop.
struct ReadyService: Service {
    let logger: Logger
    let whenReady: @Sendable () async throws -> Void

    func run() async throws {
        let notice = StartupNotice(address: Environment.process["NOTIFY_SOCKET"], logger: logger)
        try await whenReady()
        logger.notice("ready")
        notice.tellReady()
        try await gracefulShutdown()
        logger.notice("stopping")
        notice.tellStopping()
    }
}
