/// Which part of a volume is scanned.
package enum ScanScope: Sendable, Hashable {
    /// All contents, and what is foreign.
    case all
    /// What is foreign outside of the folders of first bytes; no contents.
    case top
    /// Contents of any algorithm whose hash begins with that byte, and what is foreign in their
    /// folders. `top` and one of these for each byte come to `all`, each entry once.
    case folders(UInt8)
    /// Contents of any algorithm whose hash begins with that byte.
    case firstByte(UInt8)
    /// Contents of any algorithm whose hash begins with those 16 bits; see `ContentHash.prefix`.
    case prefix(UInt16)

    /// The first bytes that it takes in.
    var firstBytes: Range<Int> {
        switch self {
        case .all: 0..<256
        case .top: 0..<0
        case .folders(let byte), .firstByte(let byte): Int(byte)..<Int(byte) + 1
        case .prefix(let prefix): Int(prefix >> 8)..<Int(prefix >> 8) + 1
        }
    }

    /// Whether it takes in hashes with `byte` in the second place.
    func includes(second byte: UInt8) -> Bool {
        guard case .prefix(let prefix) = self else { return true }
        return byte == UInt8(truncatingIfNeeded: prefix)
    }

    /// Whether what is foreign is told of in the folders of first bytes.
    var includesForeign: Bool {
        switch self {
        case .all, .folders: true
        case .top, .firstByte, .prefix: false
        }
    }

    /// Whether what is foreign is told of outside of them.
    var includesTop: Bool { self == .all || self == .top }
}
