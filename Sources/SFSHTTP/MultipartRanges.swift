import NIOCore
package import SFSCore

/// Several parts of one representation in one response: `multipart/byteranges` (RFC 9110, 14.6).
///
/// Nothing is kept in memory: each part is opened when the one before it was sent.
package struct MultipartRanges: Sendable {
    private let parts: [(range: Range<Int64>, head: ByteBuffer)]
    private let end: ByteBuffer
    private let boundary: String

    /// The body for `parts`, none empty, of a representation of `size` bytes.
    ///
    /// `mediaType` is what each part says of itself; the boundary is random and cannot be in the
    /// bytes by chance.
    package init(parts: [Range<Int64>], size: Int64, mediaType: String) {
        let boundary = Self.randomBoundary()
        self.boundary = boundary
        self.parts = parts.enumerated().map { index, range in
            let head =
                "\(index == 0 ? "" : "\r\n")--\(boundary)\r\nContent-Type: \(mediaType)\r\n"
                + "Content-Range: bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)\r\n\r\n"
            return (range, ByteBuffer(string: head))
        }
        end = ByteBuffer(string: "\r\n--\(boundary)--\r\n")
    }

    /// The value of the response's `Content-Type`.
    package var contentType: String { "multipart/byteranges; boundary=\(boundary)" }

    /// Exact number of bytes of the whole body, all that stands between the parts included.
    package var length: Int64 {
        parts.reduce(Int64(end.readableBytes)) { sum, part in
            sum + Int64(part.head.readableBytes) + Int64(part.range.count)
        }
    }

    /// The body; `bytes` is asked for one part after the other, in their order.
    ///
    /// The stream throws what `bytes` and its streams throw, and `SFSError` with code `.io` for a
    /// part that is not as long as its range.
    package func body(
        _ bytes: @escaping @Sendable (Range<Int64>) async throws -> ByteStream
    ) -> ResponseBody {
        .stream(length: length, ByteStream(Chunks(parts: parts, end: end, bytes: bytes)))
    }

    private static func randomBoundary() -> String {
        (0..<4).map { _ in String(UInt32.random(in: 0x1000_0000 ... .max), radix: 16) }.joined()
    }
}

extension MultipartRanges {
    /// Heads and bytes of the parts in turn, and the end.
    private struct Chunks: AsyncSequence, Sendable {
        let parts: [(range: Range<Int64>, head: ByteBuffer)]
        let end: ByteBuffer
        let bytes: @Sendable (Range<Int64>) async throws -> ByteStream

        func makeAsyncIterator() -> Iterator { Iterator(chunks: self) }

        struct Iterator: AsyncIteratorProtocol {
            private enum State {
                /// The part of this number comes next, or the end when there is none.
                case before(Int)
                /// Within the part of this number, of which so many bytes are missing.
                case inside(Int, ByteStream.Iterator, missing: Int64)
                case ended
            }

            private let chunks: Chunks
            private var state = State.before(0)

            init(chunks: Chunks) { self.chunks = chunks }

            mutating func next() async throws -> ByteBuffer? {
                try await next(isolation: nil)
            }

            mutating func next(
                isolation actor: isolated (any Actor)?
            ) async throws -> ByteBuffer? {
                while true {
                    switch state {
                    case .ended: return nil
                    case .before(let number):
                        guard number < chunks.parts.count else {
                            state = .ended
                            return chunks.end
                        }
                        let part = chunks.parts[number]
                        let stream = try await chunks.bytes(part.range)
                        state = .inside(
                            number, stream.makeAsyncIterator(), missing: Int64(part.range.count))
                        return part.head
                    case .inside(let number, var stream, let missing):
                        let chunk = try await stream.next(isolation: actor)
                        let left = missing - Int64(chunk?.readableBytes ?? 0)
                        guard left >= 0, chunk != nil || left == 0 else {
                            throw SFSError(.io, "a part of a response has not its length")
                        }
                        state =
                            chunk == nil
                            ? .before(number + 1) : .inside(number, stream, missing: left)
                        if let chunk { return chunk }
                    }
                }
            }
        }
    }
}
