import Synchronization

/// Bytes of memory that may be held for one purpose at a time.
final class MemoryBudget: Sendable {
    private let bytesMaximum: Int
    private let taken = Atomic(0)

    init(bytesMaximum: Int) {
        self.bytesMaximum = bytesMaximum
    }

    /// Takes `count` bytes, to be given back; `false` when that is more than is left.
    func take(_ count: Int) -> Bool {
        if taken.add(count, ordering: .relaxed).newValue <= bytesMaximum { return true }
        giveBack(count)
        return false
    }

    func giveBack(_ count: Int) {
        taken.subtract(count, ordering: .relaxed)
    }
}
