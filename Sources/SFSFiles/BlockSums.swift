import NIOCore
package import SFSCore

/// The CRC32C of every block of a file, by which any part of it can be checked without the rest.
///
/// The block size is a power of two, the smallest from 256 KiB up with which there are at most
/// `countMaximum` blocks: all sums then fit into one extended attribute of ext4 (one 4 KiB block for
/// all attributes of a file together).
package struct BlockSums: Sendable, Hashable {
    /// Bytes per block; the last one may be shorter.
    package let blockSize: Int64
    /// Bytes of the file.
    package let length: Int64
    /// One sum per block, in order.
    package let sums: [UInt32]

    /// The smallest block size, in bytes.
    package static let blockSizeMinimum: Int64 = 256 << 10
    /// The most sums that are kept of one file; even, so that pairs can be merged.
    package static let countMaximum = 700

    init(blockSize: Int64, length: Int64, sums: [UInt32]) {
        self.blockSize = blockSize
        self.length = length
        self.sums = sums
    }

    /// The bytes of the file that block `index` covers.
    package func offsets(ofBlock index: Int) -> Range<Int64> {
        let start = Int64(index) * blockSize
        return start..<min(start + blockSize, length)
    }

    /// The sum of all bytes, from those of the blocks; no byte is read.
    package var whole: UInt32 {
        sums.indices.reduce(0) { whole, index in
            CRC32C.combine(whole, sums[index], length: Int64(offsets(ofBlock: index).count))
        }
    }

    /// The same with blocks twice as large; sums of neighbours are combined, no byte is read.
    package func coarser() -> BlockSums {
        let merged = stride(from: 0, to: sums.count, by: 2).map { index in
            guard index + 1 < sums.count else { return sums[index] }
            let second = offsets(ofBlock: index + 1)
            return CRC32C.combine(sums[index], sums[index + 1], length: Int64(second.count))
        }
        return BlockSums(blockSize: blockSize * 2, length: length, sums: merged)
    }
}

// The attribute `user.sfs.sums`, all numbers little-endian:
//
//     0   1      format version, 1
//     1   1      binary logarithm of the block size, 18 to 62
//     2   2      0
//     4   8      length of the file in bytes
//    12   4 × n  sums, n = length ÷ block size, rounded up
//  12+4n  4      CRC32C of all bytes before
extension BlockSums {
    private static let version: UInt8 = 1
    private static let headLength = 12

    /// The bytes that `init(encoded:)` reads.
    package var encoded: [UInt8] {
        var bytes: [UInt8] = [Self.version, UInt8(blockSize.trailingZeroBitCount), 0, 0]
        bytes.append(contentsOf: length.littleEndianBytes)
        for sum in sums { bytes.append(contentsOf: sum.littleEndianBytes) }
        let check = bytes.withUnsafeBytes { CRC32C.sum(of: $0) }
        bytes.append(contentsOf: check.littleEndianBytes)
        return bytes
    }

    /// Reads what `encoded` gave.
    ///
    /// - Throws: `SFSError` with code `.corrupt` when it is damaged or of another version.
    package init(encoded bytes: [UInt8]) throws(SFSError) {
        let damaged = SFSError(.corrupt, "block sums are damaged")
        guard bytes.count >= Self.headLength + 4, bytes.count.isMultiple(of: 4) else {
            throw damaged
        }
        let check = bytes.dropLast(4).withUnsafeBytes { CRC32C.sum(of: $0) }
        guard check == bytes.number(at: bytes.count - 4, as: UInt32.self) else { throw damaged }
        guard bytes[0] == Self.version, (18...62).contains(bytes[1]) else {
            throw SFSError(.corrupt, "block sums are of an unknown version")
        }
        blockSize = 1 << Int64(bytes[1])
        length = bytes.number(at: 4, as: Int64.self)
        let count = (bytes.count - Self.headLength - 4) / 4
        // Whole blocks and a rest, so that no length is large enough to overflow.
        guard length >= 0,
            Int64(count) == length / blockSize + (length % blockSize > 0 ? 1 : 0)
        else { throw damaged }
        sums = (0..<count).map { bytes.number(at: Self.headLength + 4 * $0, as: UInt32.self) }
    }
}

extension FixedWidthInteger {
    fileprivate var littleEndianBytes: [UInt8] { withUnsafeBytes(of: littleEndian, Array.init) }
}

extension [UInt8] {
    fileprivate func number<Number: FixedWidthInteger & BitwiseCopyable>(
        at index: Int, as type: Number.Type
    ) -> Number {
        withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(fromByteOffset: index, as: type)) }
    }
}
