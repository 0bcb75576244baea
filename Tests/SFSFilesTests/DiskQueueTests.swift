import Foundation
import SFSCore
import SFSFiles
import Synchronization
import Testing

@Suite("A disk queue")
struct DiskQueueTests {
    /// Holds a thread of the queue until it is opened.
    private final class Gate: Sendable {
        private let entered = AsyncStream.makeStream(of: Void.self)
        private let opened = DispatchSemaphore(value: 0)

        /// To be called on a thread of the queue.
        func pass() {
            entered.continuation.finish()
            opened.wait()
        }
        func open() { opened.signal() }
        func waitUntilEntered() async { for await _ in entered.stream {} }
    }

    private final class Counter: Sendable {
        private let count = Mutex(0)
        var value: Int { count.withLock { $0 } }
        func add() { count.withLock { $0 += 1 } }
    }

    @Test("runs work on a thread of its own and gives its result or error")
    func runs() async throws {
        let queue = try DiskQueue(name: "sfs-test", threads: 1)
        let name = try await queue.run {
            try String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)
        }
        #expect(name == "sfs-test-0\n")
        let error = await #expect(throws: SFSError.self) {
            try await queue.run { throw SFSError(.io, "as planned") }
        }
        #expect(error?.code == .io)
        await queue.shutdown()
    }

    @Test("refuses what would wait behind a full queue")
    func busy() async throws {
        let queue = try DiskQueue(threads: 1, depth: 0)
        let refusal = await #expect(throws: SFSError.self) { try await queue.run {} }
        #expect(refusal?.code == .busy)
        await queue.shutdown()
    }

    @Test("lets a cancelled caller leave, and never starts its work")
    func cancelled() async throws {
        let queue = try DiskQueue(threads: 1)
        let gate = Gate()
        let runs = Counter()
        async let first: Void = queue.run { gate.pass() }
        await gate.waitUntilEntered()
        let waiter = Task { try await queue.run { runs.add() } }
        waiter.cancel()
        await #expect(throws: CancellationError.self) { try await waiter.value }
        gate.open()
        try await first
        await queue.shutdown()
        #expect(runs.value == 0)
    }

    @Test("lets a cancelled caller go at once, and still finishes its work that has begun")
    func begun() async throws {
        let queue = try DiskQueue(threads: 1)
        let gate = Gate()
        let ends = Counter()
        let caller = Task {
            try await queue.run {
                gate.pass()
                ends.add()
            }
        }
        await gate.waitUntilEntered()
        caller.cancel()
        await #expect(throws: CancellationError.self) { try await caller.value }
        #expect(ends.value == 0)
        gate.open()
        await queue.shutdown()
        #expect(ends.value == 1)
    }

    @Test("does posted work also for a caller that was cancelled")
    func post() async throws {
        let queue = try DiskQueue(threads: 1)
        let runs = Counter()
        let caller = Task {
            // Posting must not depend on it, so the task waits until it is cancelled.
            while !Task.isCancelled { await Task.yield() }
            queue.post { runs.add() }
        }
        caller.cancel()
        await caller.value
        await queue.shutdown()
        queue.post { runs.add() }
        #expect(runs.value == 1)
    }

    @Test("does everything that it accepted before it shuts down, and nothing after")
    func shutdown() async throws {
        let queue = try DiskQueue(threads: 2)
        let count = Counter()
        try await withThrowingTaskGroup { group in
            for _ in 0..<500 {
                group.addTask { try await queue.run { count.add() } }
            }
            try await group.waitForAll()
        }
        await queue.shutdown()
        await queue.shutdown()
        #expect(count.value == 500)
        let refusal = await #expect(throws: SFSError.self) { try await queue.run {} }
        #expect(refusal?.code == .unavailable)
    }

    @Test("waits in shutdown for work that has begun")
    func shutdownWaits() async throws {
        let queue = try DiskQueue(threads: 1)
        let gate = Gate()
        let ends = Counter()
        async let work: Void = queue.run {
            gate.pass()
            ends.add()
        }
        await gate.waitUntilEntered()
        async let end: Void = queue.shutdown()
        gate.open()
        await end
        #expect(ends.value == 1)
        try await work
    }
}
