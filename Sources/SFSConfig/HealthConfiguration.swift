import SFSCore

/// How members of this process learn who is up.
package struct HealthConfiguration: Sendable, Hashable {
    /// How often a member tells the catalog that it is alive, and a prism reads who else is.
    package let heartbeat: Duration
    /// How old a store's last report may be before prisms count it as offline.
    package let offlineAfter: Duration
    /// How long a prism leaves a store out that failed it.
    package let suspicion: Duration
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
        if offlineAfter < heartbeat * 2 {
            section.mistake(
                "offlineAfter", "should be at least twice 'heartbeat' (\(heartbeat.settingText))")
        }
    }
}
