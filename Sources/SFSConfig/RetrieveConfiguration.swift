package import SFSCore

/// How a prism fetches contents from the URLs of strangers.
package struct RetrieveConfiguration: Sendable, Hashable {
    /// Networks that are fetched from although they are private, loopback or link-local.
    package let allow: [IPNetwork]
    /// The largest file.
    package let bytesMaximum: ByteCount
    /// The longest run of one fetch, redirects included.
    package let timeout: Duration
    /// Redirects that one fetch follows.
    package let redirectsMaximum: Int
    /// Fetches at once.
    package let workers: Int
}

extension RetrieveConfiguration {
    /// Reads the section `retrieve`.
    init(reading section: Section) {
        allow = section.list("allow", .network)
        bytesMaximum = section.setting("bytesMaximum", .fileSize, default: .gibibytes(2 << 10))
        timeout = section.setting(
            "timeout", .duration(.seconds(1)...Duration.hours(24 * 7)), default: .hours(1))
        redirectsMaximum = section.setting("redirectsMaximum", .count(0...20), default: 5)
        workers = section.setting("workers", .count(1...64), default: 4)
    }
}
