import CLinux
import Glibc
package import SFSCore
import Synchronization

/// Runs blocking work, disk work above all, on threads of its own, so that no cooperative thread
/// ever waits for a disk.
///
/// Work starts in the order in which it came. At most `threads` pieces run and `depth` wait; more
/// are refused.
package final class DiskQueue: Sendable {
    private let state: DiskQueueState

    /// Starts the threads; they are called `name` and a number in `top -H`.
    ///
    /// - Throws: `SFSError` with code `.unavailable` when the system gives no thread.
    package init(name: String = "disk", threads: Int = 4, depth: Int = 1024) throws(SFSError) {
        precondition(threads > 0, "a queue without threads is a deadlock")
        state = DiskQueueState(depth: depth)
        for number in 0..<threads {
            guard DiskQueueState.startThread("\(name)-\(number)", serving: state) else {
                state.close()
                throw SFSError(.unavailable, "cannot start threads for '\(name)'")
            }
        }
    }

    deinit {
        // Whoever did not wait in `shutdown()` does not hear of the end; the threads still leave.
        state.close()
    }

    /// Runs `body` on one of the threads and gives what it gives.
    ///
    /// A caller that is cancelled stops waiting at once. Its work leaves the queue when it has not
    /// begun; when it has, it is brought to its end, and what it gives is dropped: a disk that
    /// hangs holds its own threads, not those who gave it up.
    ///
    /// - Throws: `SFSError` with code `.busy` when too much waits already, `.unavailable` after
    ///   `shutdown()`; `CancellationError`; what `body` throws.
    package func run<Result: Sendable>(
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        let id = state.nextID()
        let answer = Answer<Result>()
        return try await withTaskCancellationHandler {
            let job = DiskQueueState.Job(id: id) { answer.give(Swift.Result { try body() }) }
            // Asked after the handler was set: a later cancellation finds the job in the queue.
            if let refusal = state.submit(job) { throw refusal }
            return try await answer.value()
        } onCancel: {
            state.abandon(id)
        }
    }

    /// Runs `body` on one of the threads and gives what it gives, even when the caller is cancelled.
    ///
    /// For a change that others must not see half-made: who holds a lock for it holds it until the
    /// change is there. It waits as long as the disk does.
    ///
    /// - Throws: as `run(_:)`, but no `CancellationError` of its own.
    package func finish<Result: Sendable>(
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { wake in
            let job = DiskQueueState.Job(id: state.nextID()) {
                wake.resume(with: Swift.Result { try body() })
            }
            if let refusal = state.submit(job, always: true) { wake.resume(throwing: refusal) }
        }
    }

    /// Runs `body` on one of the threads some time later, without anybody waiting for it.
    ///
    /// It is not run when too much waits already or after `shutdown()`: only for what would be done
    /// again anyway, such as removing a file that a sweep finds too.
    package func post(_ body: @escaping @Sendable () -> Void) {
        _ = state.submit(DiskQueueState.Job(id: state.nextID(), perform: body), always: true)
    }

    /// Runs `body` on one of the threads, and does not wait for it: `body` tells its own end.
    ///
    /// - Throws: `SFSError` with code `.busy` when too much waits already, `.unavailable` after
    ///   `shutdown()`; `body` is not run then.
    package func start(_ body: @escaping @Sendable () -> Void) throws {
        let job = DiskQueueState.Job(id: state.nextID(), perform: body)
        if let refusal = state.submit(job, always: true) { throw refusal }
    }

    /// Refuses new work, waits until all that was accepted is done, and ends the threads.
    package func shutdown() async {
        state.close()
        await state.waitForThreads()
    }
}

/// What the callers and the threads of a `DiskQueue` share.
final class DiskQueueState: Sendable {
    struct Job: Sendable {
        let id: Int
        let perform: @Sendable () -> Void
    }

    private struct Contents {
        var nextID = 0
        var jobs: [Job] = []
        var isClosed = false
        var threads = 0
        var waitingForEnd: [CheckedContinuation<Void, Never>] = []
    }

    private let depth: Int
    private let contents = Mutex(Contents())
    private let wakeUps = Semaphore()

    init(depth: Int) {
        self.depth = depth
    }

    func nextID() -> Int {
        contents.withLock { contents in
            contents.nextID += 1
            return contents.nextID
        }
    }

    /// Queues `job`, or says why not; `always` = even when the current task was cancelled.
    func submit(_ job: Job, always: Bool = false) -> (any Error)? {
        let refusal = contents.withLock { contents -> (any Error)? in
            if Task.isCancelled, !always { return CancellationError() }
            if contents.isClosed { return SFSError(.unavailable, "the disk queue is shut down") }
            guard contents.jobs.count < depth else {
                return SFSError(.busy, "too much disk work is waiting; try again later")
            }
            contents.jobs.append(job)
            return nil
        }
        if refusal == nil { wakeUps.signal() }
        return refusal
    }

    func abandon(_ id: Int) {
        contents.withLock { contents in contents.jobs.removeAll { $0.id == id } }
    }

    func close() {
        let threads = contents.withLock { contents -> Int in
            defer { contents.isClosed = true }
            return contents.isClosed ? 0 : contents.threads
        }
        for _ in 0..<threads { wakeUps.signal() }
    }

    func waitForThreads() async {
        await withCheckedContinuation { wake in
            let hasEnded = contents.withLock { contents in
                if contents.threads > 0 { contents.waitingForEnd.append(wake) }
                return contents.threads == 0
            }
            if hasEnded { wake.resume() }
        }
    }

    /// Starts a thread that serves `state` until it is closed and empty.
    static func startThread(_ name: String, serving state: DiskQueueState) -> Bool {
        final class Start {
            let name: String
            let state: DiskQueueState
            init(_ name: String, _ state: DiskQueueState) {
                (self.name, self.state) = (name, state)
            }
        }
        state.contents.withLock { $0.threads += 1 }
        let start = Unmanaged.passRetained(Start(name, state))
        var thread = pthread_t()
        let failure = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
                sfs_name_thread(start.name)
                start.state.serve()
                return nil
            }, start.toOpaque())
        guard failure == 0 else {
            start.release()
            state.contents.withLock { $0.threads -= 1 }
            return false
        }
        pthread_detach(thread)
        return true
    }

    private func serve() {
        while true {
            wakeUps.wait()
            let (job, isClosed) = contents.withLock { contents in
                (contents.jobs.isEmpty ? nil : contents.jobs.removeFirst(), contents.isClosed)
            }
            if let job {
                job.perform()
            } else if isClosed {
                break
            }
        }
        let waiting = contents.withLock { contents in
            contents.threads -= 1
            defer { if contents.threads == 0 { contents.waitingForEnd = [] } }
            return contents.threads == 0 ? contents.waitingForEnd : []
        }
        for wake in waiting { wake.resume() }
    }
}
