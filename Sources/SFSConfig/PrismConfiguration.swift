package import SFSCore

/// One prism of this process.
package struct PrismConfiguration: Sendable, Hashable {
    /// Unique in the cluster.
    package let name: MemberName
    /// The zone that it heads.
    package let zone: MemberName
    /// Where others reach it; `nil` = its first TCP listener.
    package let url: String?
    /// At least one.
    package let listen: [ListenerConfiguration]
}

extension PrismConfiguration {
    /// Reads one item of the list `prisms`; `nil` once its mistakes are reported.
    init?(reading section: Section) {
        let name = section.required("name", .name)
        let zone = section.required("zone", .name)
        url = section.setting("url", .memberURL)
        let sections = section.sections("listen")
        listen = sections.compactMap { ListenerConfiguration(reading: $0) }
        if sections.isEmpty { section.mistake("listen", "is missing: nobody could reach it") }
        guard let name, let zone else { return nil }
        self.name = name
        self.zone = zone
    }
}
