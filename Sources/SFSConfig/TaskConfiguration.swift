package import SFSCore

/// How the stores of this process move and remove replicas.
package struct TaskConfiguration: Sendable, Hashable {
    /// Tasks that each store does at once.
    package let concurrency: Int
    /// Bytes a second that all stores of this process move together; `nil` = no limit.
    package let bandwidth: ByteCount?
    /// How long a task that nobody renews stays with the store that took it.
    package let lease: Duration
    /// How often a task may fail before it is set aside.
    package let attempts: Int
    /// How often a store looks for new tasks.
    package let poll: Duration
    /// How long a plan may wait to be applied.
    package let planAgeMaximum: Duration
    /// Steps that one plan may have.
    package let planStepsMaximum: Int
    /// How long removed files stay in the trash.
    package let trashGrace: Duration
}

extension TaskConfiguration {
    /// Reads the section `tasks`.
    init(reading section: Section) {
        concurrency = section.setting("concurrency", .count(1...64), default: 4)
        bandwidth = section.setting(
            "bandwidth", .size(ByteCount(64 << 10)...ByteCount.gibibytes(1 << 10)))
        lease = section.setting(
            "lease", .duration(.seconds(3)...Duration.hours(1)), default: .seconds(30))
        attempts = section.setting("attempts", .count(1...100), default: 5)
        poll = section.setting(
            "poll", .duration(.milliseconds(50)...Duration.seconds(60)), default: .seconds(1))
        planAgeMaximum = section.setting(
            "planAgeMaximum", .duration(.seconds(1)...Duration.hours(24 * 7)), default: .hours(1))
        planStepsMaximum = section.setting(
            "planStepsMaximum", .count(1...100_000), default: 100_000)
        trashGrace = section.setting(
            "trashGrace", .duration(.seconds(1)...Duration.hours(24 * 365)), default: .hours(24))
    }
}
