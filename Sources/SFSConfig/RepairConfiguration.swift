import SFSCore

/// How lost replicas come back by themselves.
package struct RepairConfiguration: Sendable, Hashable {
    /// How long a store may be silent before its replicas count as lost.
    package let grace: Duration
    /// How often contents at risk are looked for.
    package let interval: Duration
    /// Tasks of repair that may wait for, or run on, one store.
    package let tasksPerStore: Int
}

extension RepairConfiguration {
    /// Reads the section `repair`.
    init(reading section: Section) {
        grace = section.setting(
            "grace", .duration(.seconds(1)...Duration.hours(24 * 30)), default: .seconds(900))
        interval = section.setting(
            "interval", .duration(.milliseconds(100)...Duration.hours(1)), default: .seconds(5))
        tasksPerStore = section.setting("tasksPerStore", .count(1...10_000), default: 64)
    }
}
