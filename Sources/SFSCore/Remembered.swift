import Synchronization

/// Something that is costly to find out, remembered for a while and found out once for all who ask
/// meanwhile.
package final class Remembered<Value: Sendable>: Sendable {
    private let life: Duration
    private let find: @Sendable () async throws -> Value
    private let known = Mutex<Known<Value>?>(nil)
    /// One asker at a time finds out; the others wait for what it finds.
    private let asking = KeyedLock<Int>()

    /// Will find out by `find`, and remember it for `life`.
    package init(for life: Duration, _ find: @escaping @Sendable () async throws -> Value) {
        self.life = life
        self.find = find
    }

    /// What it is now, or was up to `life` ago.
    ///
    /// - Throws: what finding out throws; that is not remembered.
    package func value() async throws -> Value {
        if let fresh { return fresh }
        return try await asking.withLock(on: 0) {
            if let fresh { return fresh }
            let read = ContinuousClock.now
            let value = try await find()
            known.withLock { $0 = Known(value, read: read) }
            return value
        }
    }

    private var fresh: Value? {
        known.withLock { known in
            known.flatMap { $0.age < life ? $0.value : nil }
        }
    }
}
