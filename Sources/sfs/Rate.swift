import ArgumentParser
import SFSCore

/// Bytes a second: `20M`, `64MiB`; at least 1.
struct Rate: ExpressibleByArgument {
    let bytesPerSecond: Int64

    /// `nil` for what is no size, or 0.
    init?(argument: String) {
        // The parser of arguments says itself what is wrong.
        guard let count = try? ByteCount(parsing: argument), count.bytes > 0 else { return nil }
        bytesPerSecond = count.bytes
    }
}
