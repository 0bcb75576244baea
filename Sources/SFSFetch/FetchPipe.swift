import NIOCore
import SFSCore
import Synchronization

/// What the thread of a fetch hands to the task that reads it: first the head, then the chunks.
///
/// The thread is never held up in here: it offers, and is woken when there is room again or nobody
/// reads any more.
final class FetchPipe: Sendable, AsyncSequence {
    typealias Element = ByteBuffer
    typealias Failure = any Error

    enum Offer { case taken, full, abandoned }

    private struct State {
        var head: FetchedHead?
        var chunks: [ByteBuffer] = []
        var waitingBytes = 0
        /// Set once; `nil` in it = ended well.
        var end: SFSError??
        var isAbandoned = false
        /// Whether the thread was told to wait for room.
        var isThreadWaiting = false
        var reader: CheckedContinuation<Void, Never>?
        var thread: FetchWaker?

        mutating func takeReader() -> CheckedContinuation<Void, Never>? {
            defer { reader = nil }
            return reader
        }
    }

    private let window: Int
    private let state = Mutex(State())

    /// A pipe in which up to `window` bytes wait, and one chunk more.
    init(window: Int) {
        self.window = window
    }

    // MARK: The thread's end

    /// Tells how to wake the thread, until `close()`.
    func open(_ waker: FetchWaker) {
        state.withLock { $0.thread = waker }
    }

    /// Forgets the waker: after this the thread takes its loop down.
    func close() {
        state.withLock { $0.thread = nil }
    }

    var isAbandoned: Bool { state.withLock { $0.isAbandoned } }
    var hasRoom: Bool { state.withLock { $0.waitingBytes < window } }

    func deliver(_ head: FetchedHead) {
        let reader = state.withLock { state in
            state.head = head
            return state.takeReader()
        }
        reader?.resume()
    }

    func offer(_ bytes: UnsafeRawBufferPointer) -> Offer {
        let (offer, reader) = state.withLock {
            state -> (Offer, CheckedContinuation<Void, Never>?) in
            if state.isAbandoned { return (.abandoned, nil) }
            guard state.waitingBytes < window else {
                state.isThreadWaiting = true
                return (.full, nil)
            }
            state.chunks.append(ByteBuffer(bytes: bytes))
            state.waitingBytes += bytes.count
            return (.taken, state.takeReader())
        }
        reader?.resume()
        return offer
    }

    /// Ends it after what was taken, with `error` when it did not end well.
    func finish(_ error: SFSError?) {
        let reader = state.withLock { state in
            state.end = .some(error)
            return state.takeReader()
        }
        reader?.resume()
    }

    // MARK: The reader's end

    /// The head of the final answer.
    func head() async throws -> FetchedHead {
        while true {
            try Task.checkCancellation()
            let (head, end) = state.withLock { ($0.head, $0.end) }
            if let head { return head }
            if let end { throw end ?? SFSError(.internal, "a fetch ended without an answer") }
            await wait { $0.head != nil }
        }
    }

    /// Says that nobody reads any more: the thread ends the transfer.
    func abandon() {
        let reader = state.withLock { state in
            state.isAbandoned = true
            state.chunks = []
            state.waitingBytes = 0
            state.thread?.wake()
            return state.takeReader()
        }
        // Somebody who kept the stream longer than he may.
        reader?.resume()
    }

    func makeAsyncIterator() -> Iterator {
        Iterator(pipe: self)
    }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate let pipe: FetchPipe

        func next(isolation actor: isolated (any Actor)?) async throws -> ByteBuffer? {
            try await pipe.next()
        }

        func next() async throws -> ByteBuffer? {
            try await pipe.next()
        }
    }

    private func next() async throws -> ByteBuffer? {
        while true {
            try Task.checkCancellation()
            let (chunk, end) = try state.withLock { state throws -> (ByteBuffer?, SFSError??) in
                if state.isAbandoned {
                    throw SFSError(.internal, "a body was read after its fetch had ended")
                }
                guard !state.chunks.isEmpty else { return (nil, state.end) }
                let chunk = state.chunks.removeFirst()
                state.waitingBytes -= chunk.readableBytes
                if state.isThreadWaiting, state.waitingBytes <= window / 2 {
                    state.isThreadWaiting = false
                    // Under the lock: `close()` comes before the loop that this wakes is gone.
                    state.thread?.wake()
                }
                return (chunk, nil)
            }
            if let chunk { return chunk }
            if let end {
                if let error = end { throw error }
                return nil
            }
            await wait { !$0.chunks.isEmpty || $0.isAbandoned }
        }
    }

    /// Returns when `isReady`, at the end, or when the task is cancelled.
    private func wait(until isReady: @Sendable (borrowing State) -> Bool) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { wake in
                let isOver = state.withLock { state in
                    // Asked under the lock: a cancellation seen later than this finds `reader`.
                    if Task.isCancelled || state.end != nil || isReady(state) { return true }
                    precondition(state.reader == nil, "a fetch has one reader")
                    state.reader = wake
                    return false
                }
                if isOver { wake.resume() }
            }
        } onCancel: {
            state.withLock { $0.takeReader() }?.resume()
        }
    }
}

/// What the final answer said before its body.
struct FetchedHead: Sendable {
    let mediaType: String?
    let length: Int64?
    let fileName: String?
}
