import NIOCore
package import SFSCore

extension ByteStream {
    /// How a stream breaks.
    package enum Break: Sendable {
        case fail, hang, end
    }

    /// This stream, broken once `count` bytes have passed.
    package func broken(after count: Int, _ way: Break) -> ByteStream {
        ByteStream(BrokenStream(base: self, rest: count, way: way))
    }
}

private struct BrokenStream: AsyncSequence, Sendable {
    typealias Element = ByteBuffer
    typealias Failure = any Error

    let base: ByteStream
    let rest: Int
    let way: ByteStream.Break

    func makeAsyncIterator() -> Iterator {
        Iterator(base: base.makeAsyncIterator(), rest: rest, way: way)
    }

    struct Iterator: AsyncIteratorProtocol {
        var base: ByteStream.Iterator
        var rest: Int
        let way: ByteStream.Break

        mutating func next(isolation actor: isolated (any Actor)?) async throws -> ByteBuffer? {
            if rest == 0 {
                switch way {
                case .fail: throw SFSError(.io, "broken on purpose")
                case .hang: try await Task.sleep(for: .seconds(3600))
                case .end: return nil
                }
            }
            guard var chunk = try await base.next(isolation: actor) else { return nil }
            let part = chunk.readSlice(length: Swift.min(rest, chunk.readableBytes))
            rest -= part?.readableBytes ?? 0
            return part
        }

        mutating func next() async throws -> ByteBuffer? { try await next(isolation: nil) }
    }
}
