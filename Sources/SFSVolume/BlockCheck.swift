import SFSCore
import SFSFiles

/// A block whose bytes matched its sum, with the sums of its pieces.
///
/// A block of a large file is larger than what is read at once. To hand out its pieces one by one,
/// and each of them checked, the block is read twice: once here to check the whole, which gives the
/// sums of its pieces, then piece by piece against those.
struct BlockCheck {
    /// Bytes of a piece, and the most that is in memory at once; the last one may be shorter.
    static let pieceSize = 1 << 20

    let index: Int
    /// The bytes of the file that it covers.
    let offsets: Range<Int64>
    private let pieceSums: [UInt32]

    /// Reads block `index` of `replica`.
    ///
    /// - Throws: `SFSError` with code `.corrupt` when it does not match its sum.
    init(of index: Int, in replica: OpenReplica, _ sums: BlockSums) throws(SFSError) {
        self.index = index
        offsets = sums.offsets(ofBlock: index)
        let buffer = UnsafeMutableRawBufferPointer.allocate(
            byteCount: min(Self.pieceSize, offsets.count), alignment: 4096)
        defer { buffer.deallocate() }
        var pieceSums: [UInt32] = []
        var whole: UInt32 = 0
        var offset = offsets.lowerBound
        while offset < offsets.upperBound {
            let length = min(buffer.count, Int(offsets.upperBound - offset))
            let piece = UnsafeMutableRawBufferPointer(rebasing: buffer[..<length])
            guard try replica.file.read(into: piece, at: offset) == length else {
                throw replica.damage(at: offsets)
            }
            let sum = CRC32C.sum(of: UnsafeRawBufferPointer(piece))
            pieceSums.append(sum)
            whole = CRC32C.combine(whole, sum, length: Int64(length))
            offset += Int64(length)
        }
        guard whole == sums.sums[index] else { throw replica.damage(at: offsets) }
        self.pieceSums = pieceSums
    }

    /// The bytes of the file in the piece that has `offset`, and their sum.
    func piece(at offset: Int64) -> (offsets: Range<Int64>, sum: UInt32) {
        let number = Int(offset - offsets.lowerBound) / Self.pieceSize
        let start = offsets.lowerBound + Int64(number * Self.pieceSize)
        return (start..<min(start + Int64(Self.pieceSize), offsets.upperBound), pieceSums[number])
    }
}

extension OpenReplica {
    /// The error of bytes that do not match.
    func damage(at offsets: Range<Int64>) -> SFSError {
        SFSError(
            .corrupt,
            "replica '\(hash)' is damaged in bytes \(offsets.lowerBound)-\(offsets.upperBound - 1)")
    }
}
