/// Which part of a volume is scanned.
package enum ScanScope: Sendable, Hashable {
    /// All contents, and what is foreign.
    case all
    /// Contents of any algorithm whose hash begins with that byte.
    case firstByte(UInt8)
    /// Contents of any algorithm whose hash begins with those 16 bits; see `ContentHash.prefix`.
    case prefix(UInt16)

    /// The first bytes that it takes in.
    var firstBytes: ClosedRange<UInt8> {
        switch self {
        case .all: 0...255
        case .firstByte(let byte): byte...byte
        case .prefix(let prefix): UInt8(prefix >> 8)...UInt8(prefix >> 8)
        }
    }

    /// Whether it takes in hashes with `byte` in the second place.
    func includes(second byte: UInt8) -> Bool {
        guard case .prefix(let prefix) = self else { return true }
        return byte == UInt8(truncatingIfNeeded: prefix)
    }

    /// Whether foreign files are told of.
    var includesForeign: Bool { self == .all }
}
