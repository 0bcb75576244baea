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

/// Values by key, of which those that were used least lately are forgotten past a number.
///
/// It has two generations: when the young one is full it becomes the old one, and what was in the
/// old one and not asked for since is gone. So an entry costs one dictionary entry and no list.
package final class RecentCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Generations {
        var young: [Key: Value] = [:]
        var old: [Key: Value] = [:]
    }

    private let half: Int
    private let generations = Mutex(Generations())

    /// Keeps between half of `countMaximum` and all of it.
    package init(countMaximum: Int) {
        half = max(1, countMaximum / 2)
    }

    /// The value of `key`, if it is still known.
    package subscript(_ key: Key) -> Value? {
        generations.withLock { generations in
            if let value = generations.young[key] { return value }
            guard let value = generations.old.removeValue(forKey: key) else { return nil }
            insert(value, for: key, into: &generations)
            return value
        }
    }

    /// Keeps `value` for `key`; `nil` forgets it.
    package func set(_ key: Key, _ value: Value?) {
        generations.withLock { generations in
            generations.old[key] = nil
            if let value {
                insert(value, for: key, into: &generations)
            } else {
                generations.young[key] = nil
            }
        }
    }

    /// Changes the value of `key`, which is `standard` when none is known.
    package func update(_ key: Key, default standard: Value, _ change: (inout Value) -> Void) {
        generations.withLock { generations in
            var value = generations.young[key] ?? generations.old[key] ?? standard
            generations.old[key] = nil
            change(&value)
            insert(value, for: key, into: &generations)
        }
    }

    /// Forgets everything.
    package func removeAll() {
        generations.withLock { $0 = Generations() }
    }

    private func insert(_ value: Value, for key: Key, into generations: inout Generations) {
        generations.young[key] = value
        guard generations.young.count >= half else { return }
        generations.old = generations.young
        generations.young = [:]
    }
}
