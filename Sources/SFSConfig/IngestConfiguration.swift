package import SFSCore

/// How prisms take contents in.
package struct IngestConfiguration: Sendable, Hashable {
    /// Bytes that may wait for one store while an upload runs; the slowest store sets the pace.
    package let windowBytes: ByteCount
    /// Bytes up to which a content is held in memory and given to its stores at once, instead of
    /// being streamed to them.
    package let smallBytes: ByteCount
    /// Bytes of all contents that are held in memory at once; what comes beyond is streamed.
    package let smallBytesTotal: ByteCount
    /// How long a store may take nothing, or not answer a commit, before another takes its place.
    package let storeTimeout: Duration
}

extension IngestConfiguration {
    /// Reads the section `ingest`.
    init(reading section: Section) {
        windowBytes = section.setting(
            "windowBytes", .size(ByteCount(64 << 10)...ByteCount.mebibytes(64)),
            default: ByteCount(512 << 10))
        smallBytes = section.setting(
            "smallBytes", .size(ByteCount(0)...ByteCount.mebibytes(4)),
            default: .mebibytes(1))
        smallBytesTotal = section.setting(
            "smallBytesTotal", .size(ByteCount(0)...ByteCount.gibibytes(64)),
            default: .mebibytes(64))
        storeTimeout = section.setting(
            "storeTimeout", .duration(.seconds(1)...Duration.hours(1)), default: .seconds(30))
    }
}
