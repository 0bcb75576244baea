/// What one store holds of the hashes that begin with the same bits, in three numbers.
///
/// A volume and the catalog that come to equal digests agree on these files without a row being
/// read. It is no proof against somebody who makes files on purpose: what is good is told by hashes.
package struct PrefixDigest: Sendable, Hashable {
    /// Number of files.
    package private(set) var count: Int64
    /// Sum of their sizes.
    package private(set) var bytes: Int64
    /// The last eight bytes of each hash, as a number in network order, all combined by exclusive
    /// or.
    package private(set) var mix: UInt64

    package init(count: Int64 = 0, bytes: Int64 = 0, mix: UInt64 = 0) {
        self.count = count
        self.bytes = bytes
        self.mix = mix
    }

    /// Counts a file in; the order does not matter.
    package mutating func add(_ hash: ContentHash, size: Int64) {
        count += 1
        bytes &+= size
        var tail: UInt64 = 0
        for index in (hash.bytes.count - 8)..<hash.bytes.count {
            tail = tail << 8 | UInt64(hash.bytes[index])
        }
        mix ^= tail
    }

    /// Counts in the files of `other`, of which it has none yet.
    package mutating func add(_ other: PrefixDigest) {
        count += other.count
        bytes &+= other.bytes
        mix ^= other.mix
    }
}
