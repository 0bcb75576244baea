import NIOCore
package import SFSCore
package import SFSWire

/// A file that a client of the original sends in a form.
package struct UploadedFile: Sendable {
    /// As the client calls it; `nil` when it does not.
    package var name: String?
    /// What the client says that it is.
    package var statedType: String?
    /// The algorithm that names it.
    package var algorithm: HashAlgorithm
    package var body: ByteStream

    package init(
        name: String?, statedType: String?, algorithm: HashAlgorithm, body: ByteStream
    ) {
        self.name = name
        self.statedType = statedType
        self.algorithm = algorithm
        self.body = body
    }
}

extension Prism {
    /// Takes a file in, and tells its type from its first bytes, else from its name, else from what
    /// the client says.
    ///
    /// - Throws: as `put` does.
    package func upload(
        _ file: UploadedFile
    ) async throws -> (content: ContentReply, type: MediaTypeDecision) {
        var chunks = file.body.makeAsyncIterator()
        var head = ByteBuffer()
        while head.readableBytes < MediaType.prefixLength, let chunk = try await chunks.next() {
            if head.readableBytes == 0 { head = chunk } else { head.writeImmutableBuffer(chunk) }
        }
        let type = MediaTypeDecision(
            prefix: head.readableBytesView.prefix(MediaType.prefixLength), fileName: file.name,
            stated: file.statedType)
        let request = try PutRequest(
            declared: nil, algorithm: file.algorithm, copies: nil,
            fileExtension: type.fileExtension, mediaType: type.mediaType, length: nil)
        let content = try await put(
            request, body: ByteStream(Preceded(head: head, rest: file.body)))
        return (content, type)
    }
}

/// A stream whose first chunk was looked at already.
private struct Preceded: AsyncSequence, Sendable {
    typealias Element = ByteBuffer
    typealias Failure = any Error

    let head: ByteBuffer
    /// Goes on where the first reader left it.
    let rest: ByteStream

    func makeAsyncIterator() -> Iterator {
        Iterator(head: head, rest: rest.makeAsyncIterator())
    }

    struct Iterator: AsyncIteratorProtocol {
        var head: ByteBuffer?
        var rest: ByteStream.Iterator

        mutating func next(isolation actor: isolated (any Actor)?) async throws -> ByteBuffer? {
            if let head = head.take(), head.readableBytes > 0 { return head }
            return try await rest.next(isolation: actor)
        }

        mutating func next() async throws -> ByteBuffer? { try await next(isolation: nil) }
    }
}
