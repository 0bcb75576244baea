package import SFSCore

/// How replicas are read again, and volumes compared with the catalog.
package struct VerifyConfiguration: Sendable, Hashable {
    /// Bytes a second that each store reads in the background.
    package let rate: ByteCount
    /// How long after the end of one round the next one begins; 0 = only when somebody asks.
    package let interval: Duration
    /// How long a replica that matched counts as proven.
    package let window: Duration
    /// How often a store compares its volume with the catalog; 0 = only when it must.
    package let inventoryInterval: Duration
}

extension VerifyConfiguration {
    /// Reads the section `verify`.
    init(reading section: Section) {
        rate = section.setting(
            "rate", .size(ByteCount(64 << 10)...ByteCount.gibibytes(1 << 10)),
            default: .mebibytes(20))
        interval = section.setting(
            "interval", .duration(.zero...Duration.hours(24 * 3650)), default: .hours(24 * 30))
        window = section.setting(
            "window", .duration(.seconds(1)...Duration.hours(24 * 30)), default: .hours(24))
        inventoryInterval = section.setting(
            "inventoryInterval", .duration(.zero...Duration.hours(24 * 3650)),
            default: .hours(24))
    }
}
