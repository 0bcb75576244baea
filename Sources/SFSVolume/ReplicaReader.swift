package import NIOCore
import SFSCore
import SFSFiles
import Synchronization

/// Hands out a part of a replica in order, in buffers of up to 1 MiB; no byte that was not checked
/// against the sum of its block.
///
/// May be given from thread to thread; two that call at once wait for each other.
package final class ReplicaReader: Sendable {
    private struct State {
        var offset: Int64
        /// The last block that was checked as a whole, when blocks are larger than a piece.
        var block: BlockCheck?
    }

    /// What is read from.
    package let replica: OpenReplica
    /// The bytes of the replica that are handed out.
    package let offsets: Range<Int64>
    private let state: Mutex<State>

    init(_ replica: OpenReplica, _ offsets: Range<Int64>) {
        self.replica = replica
        self.offsets = offsets
        state = Mutex(State(offset: offsets.lowerBound))
    }

    /// The next bytes, never empty; `nil` after the last.
    ///
    /// - Throws: `SFSError` with code `.corrupt` when they do not match their sum.
    package func next() throws -> ByteBuffer? {
        try state.withLock { state in
            guard state.offset < offsets.upperBound else { return nil }
            let sums = try replica.blockSums()
            var (buffer, start) =
                sums.blockSize > BlockCheck.pieceSize
                ? try readPiece(sums, &state) : try readBlocks(sums, at: state.offset)
            // Checking needs whole blocks, the caller does not.
            buffer.moveReaderIndex(forwardBy: Int(state.offset - start))
            let excess = start + Int64(buffer.writerIndex) - offsets.upperBound
            if excess > 0 { buffer.moveWriterIndex(to: buffer.writerIndex - Int(excess)) }
            state.offset += Int64(buffer.readableBytes)
            return buffer
        }
    }

    /// Blocks as large as a piece or smaller: reads as many as fit into one, and checks each.
    private func readBlocks(
        _ sums: BlockSums, at offset: Int64
    ) throws -> (ByteBuffer, start: Int64) {
        let first = Int(offset / sums.blockSize)
        let start = sums.offsets(ofBlock: first).lowerBound
        let wanted = min(offsets.upperBound, start + Int64(BlockCheck.pieceSize))
        let last = Int((wanted - 1) / sums.blockSize)
        let end = sums.offsets(ofBlock: last).upperBound
        let buffer = try read(start..<end)
        try buffer.withUnsafeReadableBytes { bytes in
            for index in first...last {
                let block = sums.offsets(ofBlock: index)
                let part = bytes[Int(block.lowerBound - start)..<Int(block.upperBound - start)]
                let sum = CRC32C.sum(of: UnsafeRawBufferPointer(rebasing: part))
                guard sum == sums.sums[index] else { throw replica.damage(at: block) }
            }
        }
        return (buffer, start)
    }

    /// Blocks larger than a piece: checks the block unless it is the last one checked, then reads
    /// one piece of it and checks that.
    private func readPiece(
        _ sums: BlockSums, _ state: inout State
    ) throws -> (ByteBuffer, start: Int64) {
        let index = Int(state.offset / sums.blockSize)
        let block: BlockCheck
        if let known = state.block, known.index == index {
            block = known
        } else {
            block = try BlockCheck(of: index, in: replica, sums)
            state.block = block
        }
        let piece = block.piece(at: state.offset)
        let buffer = try read(piece.offsets)
        let sum = buffer.withUnsafeReadableBytes { CRC32C.sum(of: $0) }
        guard sum == piece.sum else { throw replica.damage(at: piece.offsets) }
        return (buffer, piece.offsets.lowerBound)
    }

    private func read(_ offsets: Range<Int64>) throws -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: offsets.count)
        let count = try buffer.writeWithUnsafeMutableBytes(
            minimumWritableBytes: offsets.count
        ) { bytes in
            try replica.file.read(
                into: UnsafeMutableRawBufferPointer(rebasing: bytes[..<offsets.count]),
                at: offsets.lowerBound)
        }
        guard count == offsets.count else { throw replica.damage(at: offsets) }
        return buffer
    }
}
