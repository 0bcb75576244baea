package import SFSCore

/// How prisms take contents in.
package struct IngestConfiguration: Sendable, Hashable {
    /// Bytes that may wait for one store while an upload runs; the slowest store sets the pace.
    package let windowBytes: ByteCount
    /// How long a store may take nothing, or not answer a commit, before another takes its place.
    package let storeTimeout: Duration
}

extension IngestConfiguration {
    /// Reads the section `ingest`.
    init(reading section: Section) {
        windowBytes = section.setting(
            "windowBytes", .size(ByteCount(64 << 10)...ByteCount.mebibytes(64)),
            default: .mebibytes(1))
        storeTimeout = section.setting(
            "storeTimeout", .duration(.seconds(1)...Duration.hours(1)), default: .seconds(30))
    }
}
