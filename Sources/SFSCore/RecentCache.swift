import Synchronization

/// A value as it was read at a moment.
package struct Known<Value: Sendable>: Sendable {
    package let value: Value
    package let read: ContinuousClock.Instant

    /// Read just now, unless it is said when.
    package init(_ value: Value, read: ContinuousClock.Instant = .now) {
        self.value = value
        self.read = read
    }

    /// How long ago it was read.
    package var age: Duration { .now - read }
}

/// A `RecentTable` that many may use at once.
package final class RecentCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let countMaximum: Int
    private let table: Mutex<RecentTable<Key, Value>>

    /// Keeps between half of `countMaximum` and all of it.
    package init(countMaximum: Int) {
        self.countMaximum = countMaximum
        table = Mutex(RecentTable(countMaximum: countMaximum))
    }

    /// The value of `key`, if it is still known.
    package subscript(_ key: Key) -> Value? {
        table.withLock { $0[key] }
    }

    /// Keeps `value` for `key`; `nil` forgets it.
    package func set(_ key: Key, _ value: Value?) {
        table.withLock { $0[key] = value }
    }

    /// Changes the value of `key`, which is `standard` when none is known.
    package func update(_ key: Key, default standard: Value, _ change: (inout Value) -> Void) {
        table.withLock { table in
            var value = table[key] ?? standard
            change(&value)
            table[key] = value
        }
    }

    /// Forgets everything.
    package func removeAll() {
        table.withLock { $0 = RecentTable(countMaximum: countMaximum) }
    }
}
