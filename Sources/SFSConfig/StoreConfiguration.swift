package import SFSCore

/// One store of this process.
package struct StoreConfiguration: Sendable, Hashable {
    /// Unique in the cluster.
    package let name: MemberName
    package let zone: MemberName
    /// Stores of one host fail together; the machine's own name when the file has none.
    package let host: MemberName
    /// Absolute path of the folder that it owns.
    package let volume: String
    /// Where other processes reach it; `nil` = its first TCP listener.
    package let url: String?
    /// None = only prisms of this process reach it.
    package let listen: [ListenerConfiguration]
    /// What is left free on the filesystem.
    package let minFreeBytes: ByteCount
    /// Threads that read and write its disk.
    package let diskThreads: Int
    /// How long received bytes wait to be committed.
    package let spoolTimeout: Duration
}

extension StoreConfiguration {
    /// Reads one item of the list `stores`; `nil` once its mistakes are reported.
    init?(reading section: Section) {
        let name = section.required("name", .name)
        let zone = section.required("zone", .name)
        let host =
            if let machine = MemberName.ofThisHost() {
                section.setting("host", .name, default: machine)
            } else {
                section.required("host", .name)
            }
        let volume = section.required("volume", .path)
        url = section.setting("url", .memberURL)
        listen = section.sections("listen").compactMap { ListenerConfiguration(reading: $0) }
        minFreeBytes = section.setting(
            "minFreeBytes", .size(ByteCount(0)...ByteCount.gibibytes(1 << 20)),
            default: .mebibytes(64))
        diskThreads = section.setting("diskThreads", .count(1...64), default: 4)
        spoolTimeout = section.setting(
            "spoolTimeout", .duration(.seconds(1)...Duration.hours(24 * 7)), default: .hours(1))
        guard let name, let zone, let host, let volume else { return nil }
        self.name = name
        self.zone = zone
        self.host = host
        self.volume = volume
    }
}
