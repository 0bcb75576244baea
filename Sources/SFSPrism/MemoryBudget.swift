import Synchronization

/// Bytes of memory that may be held for one purpose at a time.
final class MemoryBudget: Sendable {
    /// Bytes that were taken; given back when nobody holds this any more.
    final class Share: Sendable {
        private let budget: MemoryBudget
        private let count: Int

        fileprivate init(_ budget: MemoryBudget, _ count: Int) {
            self.budget = budget
            self.count = count
        }

        deinit { budget.taken.subtract(count, ordering: .relaxed) }
    }

    private let bytesMaximum: Int
    private let taken = Atomic(0)

    init(bytesMaximum: Int) {
        self.bytesMaximum = bytesMaximum
    }

    /// Takes `count` bytes; `nil` when that is more than is left.
    func take(_ count: Int) -> Share? {
        let sum = taken.add(count, ordering: .relaxed).newValue
        // Given back by going away, when it is too much.
        let share = Share(self, count)
        return sum <= bytesMaximum ? share : nil
    }
}
