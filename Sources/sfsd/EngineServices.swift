import SFSEngine
import ServiceLifecycle

/// Brings lost replicas back and keeps hot contents, when this process leads.
struct RepairService: Service {
    let leader: RepairLeader

    func run() async throws {
        // Ending by cancellation is how it ends.
        await cancelWhenGracefulShutdown { await leader.run() }
        await leader.close()
    }
}

/// Goes on with a rebuild of the catalog, when this process leads.
struct RebuildService: Service {
    let leader: RebuildLeader

    func run() async throws {
        // Ending by cancellation is how it ends.
        await cancelWhenGracefulShutdown { await leader.run() }
    }
}

/// One member's watch over others.
struct WatchService: Service {
    let watch: Watch

    func run() async throws {
        // Ending by cancellation is how it ends.
        await cancelWhenGracefulShutdown { await watch.run() }
    }
}
