/// Makes the `BlockSums` of bytes as they come by, of any number of them.
///
/// Starts with the smallest blocks and merges pairs whenever there are too many, so the result does
/// not depend on whether the length was known.
package struct BlockSumBuilder {
    private var blockSize = BlockSums.blockSizeMinimum
    private var full: [UInt32] = []
    private var current: UInt32 = 0
    private var currentLength: Int64 = 0

    package init() {}

    /// Bytes added so far.
    package var length: Int64 { Int64(full.count) * blockSize + currentLength }

    /// Adds `bytes`.
    package mutating func append(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes[...]
        while !rest.isEmpty {
            if full.count == BlockSums.countMaximum { merge() }
            let piece = rest.prefix(Int(min(blockSize - currentLength, Int64(rest.count))))
            current = CRC32C.sum(of: UnsafeRawBufferPointer(rebasing: piece), after: current)
            currentLength += Int64(piece.count)
            rest = rest[piece.endIndex...]
            if currentLength == blockSize {
                full.append(current)
                (current, currentLength) = (0, 0)
            }
        }
    }

    /// The sums of what was added.
    package func finish() -> BlockSums {
        BlockSums(
            blockSize: blockSize, length: length,
            sums: currentLength > 0 ? full + [current] : full)
    }

    // Called between two blocks only, and with an even number of them: nothing is left over.
    private mutating func merge() {
        full = BlockSums(blockSize: blockSize, length: length, sums: full).coarser().sums
        blockSize *= 2
    }
}
