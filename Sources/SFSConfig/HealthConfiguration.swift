import SFSCore

/// How members of this process learn who is up.
package struct HealthConfiguration: Sendable, Hashable {
    /// How often a member tells the catalog that it is alive, and a prism reads who else is.
    package let heartbeat: Duration
    /// How old a store's last report may be before prisms count it as offline.
    package let offlineAfter: Duration
    /// How long a prism leaves a store out that failed it.
    package let suspicion: Duration
    /// How long a store takes nothing in after its disk failed, before that is tried again; 0 =
    /// never by itself.
    package let diskTrial: Duration
    /// How long a member that has just started watches nobody.
    package let startDelay: Duration
    /// How often a member pings those that it watches.
    package let pingInterval: Duration
    /// How long an answer to a ping may take.
    package let pingTimeout: Duration
    /// Pings in a row that fail before a member votes that another is down.
    package let pingFailures: Int
    /// How long a vote counts that is not renewed.
    package let voteLife: Duration
}

extension HealthConfiguration {
    /// Reads the section `health`.
    init(reading section: Section) {
        heartbeat = section.setting(
            "heartbeat", .duration(.milliseconds(100)...Duration.seconds(60)),
            default: .seconds(2))
        offlineAfter = section.setting(
            "offlineAfter", .duration(.seconds(1)...Duration.hours(1)), default: .seconds(15))
        suspicion = section.setting(
            "suspicion", .duration(.milliseconds(100)...Duration.hours(1)),
            default: .seconds(10))
        diskTrial = section.setting(
            "diskTrial", .duration(.zero...Duration.hours(24)), default: .seconds(900))
        startDelay = section.setting(
            "startDelay", .duration(.zero...Duration.hours(1)), default: .seconds(10))
        pingInterval = section.setting(
            "pingInterval", .duration(.milliseconds(100)...Duration.hours(1)),
            default: .seconds(30))
        pingTimeout = section.setting(
            "pingTimeout", .duration(.milliseconds(100)...Duration.seconds(60)),
            default: .seconds(2))
        pingFailures = section.setting("pingFailures", .count(1...100), default: 5)
        voteLife = section.setting(
            "voteLife", .duration(.seconds(1)...Duration.hours(1)), default: .seconds(60))
        if voteLife <= pingInterval {
            section.mistake(
                "voteLife", "should be longer than 'pingInterval' (\(pingInterval.settingText))")
        }
        if offlineAfter < heartbeat * 2 {
            section.mistake(
                "offlineAfter", "should be at least twice 'heartbeat' (\(heartbeat.settingText))")
        }
    }
}
