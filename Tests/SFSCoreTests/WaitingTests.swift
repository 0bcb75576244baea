import SFSCore
import Synchronization
import Testing

private final class Counter: Sendable {
    private let value = Mutex(0)

    func add(_ change: Int) -> Int {
        value.withLock { value in
            value += change
            return value
        }
    }
}

private final class Flag: Sendable {
    private let value = Mutex(false)

    var isRaised: Bool { value.withLock { $0 } }

    func raise() { value.withLock { $0 = true } }
}

@Suite("A keyed lock")
struct KeyedLockTests {
    @Test("lets one caller at a time work on a key")
    func exclusion() async throws {
        let lock = KeyedLock<Int>()
        let inside = Counter()
        try await withThrowingTaskGroup { group in
            for _ in 0..<200 {
                group.addTask {
                    try await lock.withLock(on: 1) {
                        #expect(inside.add(1) == 1)
                        await Task.yield()
                        #expect(inside.add(-1) == 0)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("lets a cancelled waiter go, and others have the key")
    func cancellation() async throws {
        let lock = KeyedLock<Int>()
        try await lock.withLock(on: 1) {
            await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await lock.withLock(on: 1) {} }
                group.cancelAll()
                await #expect(throws: CancellationError.self) { try await group.waitForAll() }
            }
            try await lock.withLock(on: 2) {}
        }
        try await lock.withLock(on: 1) {}
    }

    @Test("keeps a key for who goes on with it when its caller has left")
    func hold() async throws {
        let lock = KeyedLock<Int>()
        let isIn = Flag()
        try await withThrowingTaskGroup(of: Void.self) { group in
            var kept: KeyedLock<Int>.Hold? = try await lock.withHold(on: 1) { $0 }
            group.addTask { try await lock.withLock(on: 1) { isIn.raise() } }
            try await lock.withLock(on: 2) {}
            for _ in 0..<1000 { await Task.yield() }
            #expect(!isIn.isRaised)
            withExtendedLifetime(kept) {}
            kept = nil
            try await group.waitForAll()
        }
        #expect(isIn.isRaised)
    }
}

@Suite("A work group")
struct WorkGroupTests {
    @Test("goes on with the work when its asker is cancelled")
    func goesOn() async throws {
        let work = WorkGroup()
        let (gate, open) = AsyncStream<Void>.makeStream()
        let isDone = Flag()
        await withTaskGroup { group in
            group.addTask { await work.run() }
            await withThrowingTaskGroup(of: Void.self) { askers in
                askers.addTask {
                    try await work.finish {
                        for await _ in gate { break }
                        isDone.raise()
                    }
                }
                askers.cancelAll()
                await #expect(throws: CancellationError.self) { try await askers.waitForAll() }
            }
            open.yield()
            work.stop()
        }
        #expect(isDone.isRaised)
    }

    @Test("refuses work once it is stopped")
    func stopped() async throws {
        let work = WorkGroup()
        work.stop()
        let error = await #expect(throws: SFSError.self) { try await work.finish {} }
        #expect(error?.code == .unavailable)
    }
}

@Suite("A time limit")
struct TimeLimitTests {
    @Test("ends what takes too long")
    func limit() async throws {
        let error = await #expect(throws: SFSError.self) {
            try await withTimeLimit(.milliseconds(5), "the thing") {
                try await Task.sleep(for: .seconds(3600))
            }
        }
        #expect(error?.code == .timeout)
    }

    @Test("gives the result of what does not")
    func result() async throws {
        #expect(try await withTimeLimit(.seconds(60), "the thing") { 7 } == 7)
    }
}
