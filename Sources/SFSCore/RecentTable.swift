/// Values by key, of which those that were used least lately are forgotten past a number.
///
/// It has two generations: when the young one is full it becomes the old one, and what was in the
/// old one and not asked for since is gone. So an entry costs one dictionary entry and no list.
package struct RecentTable<Key: Hashable, Value> {
    private let half: Int
    private var young: [Key: Value] = [:]
    private var old: [Key: Value] = [:]

    /// Keeps between half of `countMaximum` and all of it.
    package init(countMaximum: Int) {
        half = max(1, countMaximum / 2)
    }

    /// The value of `key`, if it is still known; `nil` forgets it.
    package subscript(_ key: Key) -> Value? {
        mutating get {
            if let value = young[key] { return value }
            guard let value = old.removeValue(forKey: key) else { return nil }
            insert(value, for: key)
            return value
        }
        set {
            old[key] = nil
            if let newValue { insert(newValue, for: key) } else { young[key] = nil }
        }
    }

    /// Forgets everything that `isGood` is not true of.
    package mutating func keep(where isGood: (Value) -> Bool) {
        young = young.filter { isGood($0.value) }
        old = old.filter { isGood($0.value) }
    }

    private mutating func insert(_ value: Value, for key: Key) {
        young[key] = value
        guard young.count >= half else { return }
        old = young
        young = [:]
    }
}

extension RecentTable: Sendable where Key: Sendable, Value: Sendable {}
