package import SFSCore

/// One prism of this process.
package struct PrismConfiguration: Sendable, Hashable {
    /// Unique in the cluster.
    package let name: MemberName
    /// The zone that it heads.
    package let zone: MemberName
    /// Where others reach it; `nil` = its first TCP listener.
    package let url: String?
    /// What the URLs of purchases begin with; `nil` = where others reach it.
    package let publicURL: String?
    /// What HTTP Basic may say to it; empty = Basic is refused.
    package let credentials: [BasicCredential]
    /// At least one.
    package let listen: [ListenerConfiguration]
}

extension PrismConfiguration {
    /// Reads one item of the list `prisms`; `nil` once its mistakes are reported.
    ///
    /// `tls` is the certificate of listeners that name no other.
    init?(reading section: Section, _ tls: TLSConfiguration?) {
        let name = section.required("name", .name)
        let zone = section.required("zone", .name)
        url = section.setting("url", .memberURL)
        publicURL = section.setting("publicURL", .memberURL)
        credentials = BasicCredential.list(reading: section)
        let sections = section.sections("listen")
        listen = sections.compactMap { ListenerConfiguration(reading: $0, tls) }
        if sections.isEmpty { section.mistake("listen", "is missing: nobody could reach it") }
        guard let name, let zone else { return nil }
        self.name = name
        self.zone = zone
    }
}
