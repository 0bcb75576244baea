package import NIOCore
package import SFSCore
import SFSFiles
import SFSVolume
import Synchronization

/// A replica that is kept open, since its bytes are asked for again and again.
///
/// Its bytes may be sent straight from the kernel's cache once they were checked against their sums
/// here: within the window of `delivery.verify` that is believed of them (design.md §7).
package final class ServedReplica: Sendable {
    /// Where its bytes are.
    package enum Source: Sendable {
        /// All of them, checked.
        case memory(ByteBuffer)
        /// An open file.
        case file(OpenDescriptor)
    }

    /// A file with so few bytes is kept in memory instead of being kept open.
    static let fewBytes: Int64 = 16 << 10
    /// A file with so many bytes is checked as a whole when it is opened.
    private static let checkedAtOnceBytes: Int64 = 1 << 20

    /// Its name.
    package let hash: ContentHash
    /// Number of bytes.
    package let size: Int64
    /// What is kept beside the bytes; `nil` when that got lost.
    package let attributes: ContentAttributes?
    /// Where its bytes are.
    package let source: Source
    /// When it was opened.
    let opened = ContinuousClock.now
    let inode: UInt64

    private let service: ServiceLife
    private let isWithdrawn = Atomic(false)
    private let isAllChecked = Atomic(false)
    private let unchecked: Mutex<Unchecked>

    private struct Unchecked {
        /// Goes when nothing is left to check.
        var replica: OpenReplica?
        let blockSize: Int64
        var isChecked: [Bool]
        var missing: Int
    }

    /// Opens `replica` for serving; `checksBytes` is `false` where nothing is to be checked.
    ///
    /// It reads a small file as a whole.
    ///
    /// - Throws: `SFSError` with code `.corrupt` when it is bad.
    init(_ replica: OpenReplica, of service: ServiceLife, checksBytes: Bool) throws {
        hash = replica.hash
        size = replica.size
        attributes = replica.attributes
        inode = replica.inode
        self.service = service
        let blockSize = try replica.blockSize
        let count = Int((replica.size + blockSize - 1) / blockSize)
        unchecked = Mutex(
            Unchecked(
                replica: replica, blockSize: blockSize,
                isChecked: Array(repeating: false, count: count), missing: count))
        if replica.size <= Self.fewBytes {
            source = .memory(try replica.reader().next() ?? ByteBuffer())
        } else {
            source = .file(try OpenDescriptor(replica.file.duplicateDescriptor()))
        }
        if replica.size <= Self.fewBytes || !checksBytes {
            markAllChecked()
        } else if replica.size <= Self.checkedAtOnceBytes {
            try check(0..<replica.size)
        }
    }

    /// Whether its bytes may still be sent; once `false` it stays so.
    package var isCurrent: Bool {
        !isWithdrawn.load(ordering: .relaxed) && !service.isOver
    }

    /// Keeps its bytes from being sent any more.
    func withdraw() { isWithdrawn.store(true, ordering: .relaxed) }

    /// Whether the bytes at `offsets` were checked; it waits for nothing.
    package func isChecked(_ offsets: Range<Int64>) -> Bool {
        if isAllChecked.load(ordering: .acquiring) || offsets.isEmpty { return true }
        return unchecked.withLock { state in
            blocks(offsets, state.blockSize).allSatisfy { state.isChecked[$0] }
        }
    }

    /// Reads the bytes at `offsets`, whether they were checked or not, and compares them with their
    /// sums; on a thread that may wait for the disk.
    ///
    /// - Throws: `SFSError` with code `.corrupt`.
    func check(_ offsets: Range<Int64>) throws {
        let replica = unchecked.withLock(\.replica)
        guard let replica else {
            // Checked already, and asked for since it left the cache.
            if case .file(let file) = source { try file.load(offsets) }
            return
        }
        try replica.check(offsets)
        let isLast = unchecked.withLock { state in
            for block in blocks(offsets, state.blockSize) where !state.isChecked[block] {
                state.isChecked[block] = true
                state.missing -= 1
            }
            return state.missing == 0
        }
        if isLast { markAllChecked() }
    }

    private func markAllChecked() {
        unchecked.withLock { $0.replica = nil }
        isAllChecked.store(true, ordering: .releasing)
    }

    private func blocks(_ offsets: Range<Int64>, _ size: Int64) -> ClosedRange<Int> {
        Int(offsets.lowerBound / size)...Int((offsets.upperBound - 1) / size)
    }
}

/// Whether the volume that something was opened on is still in service.
final class ServiceLife: Sendable {
    private let isEnded = Atomic(false)

    /// Once `true` it stays so.
    var isOver: Bool { isEnded.load(ordering: .relaxed) }

    func end() { isEnded.store(true, ordering: .relaxed) }
}
