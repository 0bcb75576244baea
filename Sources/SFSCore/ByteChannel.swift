package import NIOCore
import Synchronization

/// Hands chunks from one task to another and holds the sender back while `limit` bytes wait.
///
/// One sender, one reader. The sender ends it with `finish()`; a reader that leaves early says so
/// with `abandon()`, after which `send` answers `false` at once, so that one failed receiver never
/// stops a sender that has others.
package final class ByteChannel: Sendable, AsyncSequence {
    package typealias Element = ByteBuffer
    package typealias Failure = any Error

    private enum End {
        case finished
        case failed(any Error)
        case abandoned
    }

    private struct State {
        var chunks: [ByteBuffer] = []
        var waitingBytes = 0
        var end: End?
        /// When the reader last took something, or last had nothing to take.
        var progress = ContinuousClock.now
        var sender: CheckedContinuation<Void, Never>?
        var reader: CheckedContinuation<Void, Never>?

        mutating func takeSender() -> CheckedContinuation<Void, Never>? {
            defer { sender = nil }
            return sender
        }

        mutating func takeReader() -> CheckedContinuation<Void, Never>? {
            defer { reader = nil }
            return reader
        }
    }

    private let limit: Int
    private let state = Mutex(State())

    /// A channel in which up to `limit` bytes may wait, one chunk at least.
    package init(limit: Int) {
        precondition(limit > 0, "a channel that holds nothing is a deadlock")
        self.limit = limit
    }

    /// Everything that was sent, as a stream.
    package var stream: ByteStream { ByteStream(self) }

    /// Queues `chunk`, waiting for room first; `false` when the reader is gone.
    ///
    /// - Throws: `CancellationError` when the sender's task was cancelled.
    package func send(_ chunk: ByteBuffer) async throws -> Bool {
        while true {
            try Task.checkCancellation()
            enum Verdict { case sent(CheckedContinuation<Void, Never>?), full, gone }
            let verdict = state.withLock { state -> Verdict in
                if state.end != nil { return .gone }
                guard state.waitingBytes < limit else { return .full }
                if state.chunks.isEmpty { state.progress = .now }
                state.chunks.append(chunk)
                state.waitingBytes += chunk.readableBytes
                return .sent(state.takeReader())
            }
            switch verdict {
            case .sent(let reader):
                reader?.resume()
                return true
            case .gone: return false
            case .full: await waitForRoom()
            }
        }
    }

    /// Ends the stream after what was sent, with `error` if it did not end well.
    ///
    /// The first end counts.
    package func finish(throwing error: (any Error)? = nil) {
        end(error.map { .failed($0) } ?? .finished)
    }

    /// Tells the sender that nobody reads any more, and drops what waits.
    package func abandon() {
        end(.abandoned)
    }

    /// Whether the reader has had something to take, or the end to answer, for longer than `limit`
    /// and did not.
    package func isStalled(for limit: Duration) -> Bool {
        state.withLock { state in
            (!state.chunks.isEmpty || state.end != nil) && .now - state.progress > limit
        }
    }

    package func makeAsyncIterator() -> Iterator {
        Iterator(channel: self)
    }

    package struct Iterator: AsyncIteratorProtocol {
        fileprivate let channel: ByteChannel

        package func next(isolation actor: isolated (any Actor)?) async throws -> ByteBuffer? {
            try await channel.next()
        }

        package func next() async throws -> ByteBuffer? {
            try await channel.next()
        }
    }

    private func next() async throws -> ByteBuffer? {
        while true {
            try Task.checkCancellation()
            enum Verdict {
                case chunk(ByteBuffer, CheckedContinuation<Void, Never>?)
                case end(End)
                case empty
            }
            let verdict = state.withLock { state -> Verdict in
                if !state.chunks.isEmpty {
                    let chunk = state.chunks.removeFirst()
                    state.waitingBytes -= chunk.readableBytes
                    state.progress = .now
                    return .chunk(chunk, state.takeSender())
                }
                return state.end.map { .end($0) } ?? .empty
            }
            switch verdict {
            case .chunk(let chunk, let sender):
                sender?.resume()
                return chunk
            case .end(.finished), .end(.abandoned): return nil
            case .end(.failed(let error)): throw error
            case .empty: await waitForChunk()
            }
        }
    }

    private func end(_ end: End) {
        let (sender, reader) = state.withLock { state in
            if state.end == nil {
                state.end = end
                if state.chunks.isEmpty { state.progress = .now }
            }
            if case .abandoned = end {
                state.chunks = []
                state.waitingBytes = 0
            }
            return (state.takeSender(), state.takeReader())
        }
        sender?.resume()
        reader?.resume()
    }

    private func waitForRoom() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { wake in
                let isReady = state.withLock { state in
                    // Asked under the lock: a cancellation seen later than this finds `sender`.
                    if Task.isCancelled || state.end != nil || state.waitingBytes < limit {
                        return true
                    }
                    precondition(state.sender == nil, "a channel has one sender")
                    state.sender = wake
                    return false
                }
                if isReady { wake.resume() }
            }
        } onCancel: {
            state.withLock { $0.takeSender() }?.resume()
        }
    }

    private func waitForChunk() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { wake in
                let isReady = state.withLock { state in
                    if Task.isCancelled || state.end != nil || !state.chunks.isEmpty { return true }
                    precondition(state.reader == nil, "a channel has one reader")
                    state.reader = wake
                    return false
                }
                if isReady { wake.resume() }
            }
        } onCancel: {
            state.withLock { $0.takeReader() }?.resume()
        }
    }
}
