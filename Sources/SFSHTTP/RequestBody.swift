package import NIOCore
import NIOHTTP1
package import SFSCore
import Synchronization

/// The bytes that come with a request, pulled from the connection as they are read.
package final class RequestBody: Sendable {
    private enum State {
        /// The client sends nothing before it is told to.
        case awaitingContinue
        case open
        case ended
        /// It cannot be read any further, for this reason.
        case failed(SFSError)
    }

    /// Number of bytes, if the client said so before it sent them.
    package let declaredLength: Int64?

    private let parts: RequestParts
    private let sendContinue: @Sendable () async throws -> Void
    private let state: Mutex<State>
    private let received = Atomic<Int64>(0)

    /// The body of the request whose head was just taken from `parts`.
    init(
        _ head: RequestHead, parts: RequestParts,
        sendContinue: @escaping @Sendable () async throws -> Void
    ) {
        switch head.framing {
        case .length(let length): declaredLength = length
        case .chunked: declaredLength = nil
        }
        self.parts = parts
        self.sendContinue = sendContinue
        state = Mutex(head.expectsContinue ? .awaitingContinue : .open)
    }

    /// The bytes, read once, by one reader at a time; a second stream goes on after the first.
    ///
    /// Throws `SFSError` with code `.protocol` when the client goes away before the end or sends
    /// what is not HTTP, with `.timeout` when it falls silent.
    package var stream: ByteStream { ByteStream(Chunks(body: self)) }

    /// The rest of the body in one buffer.
    ///
    /// - Throws: `SFSError` with code `.tooLarge` when there are more than `limit` bytes,
    ///   else as `stream` does.
    package func collect(upTo limit: Int) async throws -> ByteBuffer {
        let tooLarge = SFSError(
            .tooLarge, "the body of the request is too large; \(limit) bytes are allowed")
        guard declaredLength ?? 0 <= limit else { throw tooLarge }
        var whole = ByteBuffer()
        while var chunk = try await next() {
            guard whole.readableBytes + chunk.readableBytes <= limit else { throw tooLarge }
            if whole.readableBytes == 0 { whole = chunk } else { whole.writeBuffer(&chunk) }
        }
        return whole
    }

    /// Whether what is left is at most `limit` bytes, and surely so.
    func isNearlyRead(limit: Int) -> Bool {
        switch state.withLock({ $0 }) {
        case .ended: true
        case .open:
            declaredLength.map { $0 - received.load(ordering: .relaxed) <= limit } ?? false
        case .awaitingContinue, .failed: false
        }
    }

    /// Reads and drops what is left, so that the next request can be read.
    func discard() async throws {
        while try await next() != nil {}
    }

    /// Ends all reading: what the handler left running gets errors from now on.
    func close() {
        fail(SFSError(.internal, "a request's body is read after its response"))
    }

    private func next() async throws -> ByteBuffer? {
        let state = state.withLock { state in
            defer { if case .awaitingContinue = state { state = .open } }
            return state
        }
        switch state {
        case .ended: return nil
        case .failed(let error): throw error
        case .awaitingContinue: try await sendContinue()
        case .open: break
        }
        do {
            switch try await parts.next() {
            case .body(let chunk):
                received.add(Int64(chunk.readableBytes), ordering: .relaxed)
                return chunk
            case .end:
                self.state.withLock { $0 = .ended }
                return nil
            case .head, nil: throw SFSError(.protocol, "the client went away within its request")
            }
        } catch let error as CancellationError {
            // The parts are cut off with it.
            fail(SFSError(.internal, "reading a request's body was cancelled"))
            throw error
        } catch {
            throw fail(Self.translated(error))
        }
    }

    @discardableResult
    private func fail(_ error: SFSError) -> SFSError {
        state.withLock { state in
            if case .ended = state { return }
            state = .failed(error)
        }
        return error
    }

    private static func translated(_ error: any Error) -> SFSError {
        if let error = error as? SFSError { return error }
        let isMalformed = Refusal(error) != nil
        return SFSError(
            .protocol,
            isMalformed
                ? "the body of the request is malformed"
                : "the client went away within its request",
            cause: error)
    }
}

extension RequestBody {
    /// What `stream` wraps.
    private struct Chunks: AsyncSequence, Sendable {
        let body: RequestBody

        func makeAsyncIterator() -> Iterator { Iterator(body: body) }

        struct Iterator: AsyncIteratorProtocol {
            let body: RequestBody

            func next(isolation actor: isolated (any Actor)?) async throws -> ByteBuffer? {
                try await body.next()
            }

            func next() async throws -> ByteBuffer? {
                try await body.next()
            }
        }
    }
}
