import SFSConfig
import SFSCore
import SFSEngine

extension Configuration {
    /// What plans, repair and hot contents go by.
    var engineSettings: EngineSettings {
        var settings = EngineSettings()
        settings.minCopies = copies
        settings.grace = repair.grace
        settings.offlineAfter = health.offlineAfter
        settings.repairInterval = repair.interval
        settings.repairTasksPerStore = repair.tasksPerStore
        settings.band = balance.band
        settings.highWater = balance.highWater
        settings.planAgeMaximum = tasks.planAgeMaximum
        settings.planStepsMaximum = tasks.planStepsMaximum
        settings.trashGrace = tasks.trashGrace
        settings.hotHits = Int64(balance.hotHits)
        settings.hotBytes = balance.hotBytes
        settings.hotCopies = balance.hotCopies
        return settings
    }

    /// What looking and clearing away go by.
    var careSettings: CareSettings {
        var settings = CareSettings()
        settings.trafficKept = delivery.trafficKept
        settings.inventoryAgeMaximum = verify.inventoryInterval * 3
        settings.verifyAgeMaximum = verify.interval * 2
        return settings
    }

    /// How members of this process watch others.
    var watchSettings: WatchSettings {
        var settings = WatchSettings()
        settings.startDelay = health.startDelay
        settings.pingInterval = health.pingInterval
        settings.pingTimeout = health.pingTimeout
        settings.failures = health.pingFailures
        settings.voteLife = health.voteLife
        settings.silence = health.offlineAfter
        return settings
    }
}
