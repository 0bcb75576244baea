import ArgumentParser
import SFSCore

/// A number of bytes, at least 1: `4KiB`, `64M`.
struct Size: ExpressibleByArgument, CustomStringConvertible {
    let bytes: Int64

    init(bytes: Int64) {
        self.bytes = bytes
    }

    /// `nil` for what is no size, or 0.
    init?(argument: String) {
        // The parser of arguments says itself what is wrong.
        guard let count = try? ByteCount(parsing: argument), count.bytes > 0 else { return nil }
        bytes = count.bytes
    }

    /// As it can be given, for help.
    var description: String {
        let units: [(Int64, String)] = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")]
        let unit = units.first { bytes % $0.0 == 0 } ?? (1, "")
        return "\(bytes / unit.0)\(unit.1)"
    }
}
