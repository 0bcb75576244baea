import Logging
import SFSConfig
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

/// Says when all services above it run, and when they begin to stop.
struct ReadyService: Service {
    let logger: Logger
    let whenReady: @Sendable () throws -> Void

    func run() async throws {
        let notice = StartupNotice(address: Environment.process["NOTIFY_SOCKET"], logger: logger)
        try whenReady()
        logger.notice("ready")
        notice.tellReady()
        try await gracefulShutdown()
        logger.notice("stopping")
        notice.tellStopping()
    }
}
