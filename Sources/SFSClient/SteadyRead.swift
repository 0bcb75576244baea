import NIOCore
import SFSCore

/// Reads a content to its end, whatever connection breaks on the way.
///
/// After a cut it asks again from the byte where it stopped, so that the prism chooses another
/// replica, and gives up after `failuresMaximum` failures without a byte in between. Nothing is
/// tried again before the first reply: a cluster that is not there is said at once.
struct SteadyRead: Sendable {
    let prism: PrismClient
    let hash: ContentHash
    /// What to read; `nil` = all.
    let range: ByteRange?
    /// Before the first new try; doubles with each.
    let firstDelay: Duration

    private static let failuresMaximum = 5

    /// Calls `begin` once with the first reply, then `take` with each chunk.
    ///
    /// What `begin` and `take` throw ends the reading at once.
    func run(
        begin: (ContentBody) async throws -> Void, take: (ByteBuffer) async throws -> Void
    ) async throws {
        var body = try await prism.get(hash, range: range)
        try await begin(body)
        let end = body.offsets.upperBound
        var position = body.offsets.lowerBound
        var failures = 0
        while true {
            do {
                return try await read(body, position: &position, take)
            } catch let cut as Cut {
                if cut.moved { failures = 0 }
                failures += 1
                try await pause(after: failures, cut.cause)
            }
            guard position < end else { return }
            body = try await reopen(position..<end, &failures)
        }
    }

    /// A failure of the connection, which another one may not have.
    private struct Cut: Error {
        let cause: SFSError
        /// Whether any byte came before.
        let moved: Bool
    }

    private func read(
        _ body: ContentBody, position: inout Int64, _ take: (ByteBuffer) async throws -> Void
    ) async throws {
        var iterator = body.bytes.makeAsyncIterator()
        let start = position
        while true {
            let chunk: ByteBuffer?
            do {
                chunk = try await iterator.next()
            } catch let error as SFSError where Self.mayPass(error) {
                throw Cut(cause: error, moved: start < position)
            }
            guard let chunk else { return }
            try await take(chunk)
            position += Int64(chunk.readableBytes)
        }
    }

    private func reopen(_ rest: Range<Int64>, _ failures: inout Int) async throws -> ContentBody {
        let range = ByteRange.from(first: rest.lowerBound, last: rest.upperBound - 1)
        while true {
            do {
                return try await prism.get(hash, range: range)
            } catch let error as SFSError where Self.mayPass(error) {
                failures += 1
                try await pause(after: failures, error)
            }
        }
    }

    /// Waits a little longer after each failure, and throws `error` when there were too many.
    private func pause(after failures: Int, _ error: SFSError) async throws {
        guard failures <= Self.failuresMaximum else { throw error }
        try await Task.sleep(for: firstDelay * (1 << (failures - 1)))
    }

    private static func mayPass(_ error: SFSError) -> Bool {
        switch error.code {
        case .unavailable, .io, .timeout, .busy, .corrupt: true
        case .notFound, .partial, .usage, .invalidHash, .hashMismatch, .noInput, .internal,
            .conflict, .noSpace, .protocol, .denied, .unauthenticated, .expired, .tooLarge,
            .rangeNotSatisfiable, .preconditionFailed, .configuration:
            false
        }
    }
}
