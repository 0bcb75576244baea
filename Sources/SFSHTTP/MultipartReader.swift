import NIOCore
package import SFSCore

/// The parts of a form in a request's body, `multipart/form-data` (RFC 7578), as they come.
///
/// A part may be of any size: no more than one chunk is held, and no byte of it is copied. Parts
/// are read one after the other; what is left of one is dropped when the next is asked for.
package actor MultipartReader {
    private enum Phase {
        case preamble
        /// Behind a delimiter.
        case head
        case body
        /// Behind the last delimiter.
        case epilogue
        case failed(SFSError)
    }

    /// Bytes before the first boundary, and behind the last, that are dropped; past it the body is
    /// refused.
    private static let junkBytesMaximum = 64 << 10

    private let partsMaximum: Int
    private var chunks: ByteStream.Iterator
    private var chunk = ByteBuffer()
    private var scanner: DelimiterScanner
    private var phase = Phase.preamble
    private var partCount = 0
    /// Tells the part that may be read from those before it.
    private var turn = 0
    private var isReading = false

    /// A reader of `body`, which came with this value of `Content-Type`.
    ///
    /// A body with more than `partsMaximum` parts is refused when they were read.
    ///
    /// - Throws: `SFSError` with code `.protocol` when `contentType` is not that of a form, or has
    ///   no boundary of 1 to 70 characters.
    package init(
        _ body: ByteStream, contentType: String?, partsMaximum: Int = 1000
    ) throws(SFSError) {
        scanner = DelimiterScanner(boundary: try Self.boundary(contentType))
        self.partsMaximum = partsMaximum
        chunks = body.makeAsyncIterator()
    }

    /// The next part; `nil` behind the last, when all of the body was read.
    ///
    /// - Throws: `SFSError` with code `.protocol` when the body is malformed or ends early, with
    ///   `.tooLarge` when there are too many parts; what the body throws.
    package func next() async throws -> Part? {
        turn += 1
        while true {
            switch phase {
            case .preamble: try await skip(limit: Self.junkBytesMaximum)
            case .body: try await skip(limit: .max)
            case .head:
                guard case .part(let head) = try await announcement() else {
                    phase = .epilogue
                    continue
                }
                partCount += 1
                guard partCount <= partsMaximum else {
                    throw failed(.tooLarge, "the form has more than \(partsMaximum) parts")
                }
                phase = .body
                return Part(head, body: ByteStream(PartBytes(reader: self, turn: turn)))
            case .epilogue:
                try await drain()
                return nil
            case .failed(let error): throw error
            }
        }
    }

    /// The next bytes of the part that was handed out by the call of `next()` number `turn`.
    fileprivate func bytes(inTurn turn: Int) async throws -> ByteBuffer? {
        guard turn == self.turn else {
            throw SFSError(.internal, "a part of a form is read after the next was asked for")
        }
        switch phase {
        case .body: return try await bytes()
        case .preamble, .head, .epilogue: return nil
        case .failed(let error): throw error
        }
    }

    /// The next bytes in front of the next delimiter; `nil` when it was passed.
    private func bytes() async throws -> ByteBuffer? {
        while true {
            switch scanner.next(in: &chunk) {
            case .bytes(let bytes): return bytes
            case .delimiter:
                phase = .head
                return nil
            case nil: try await refill()
            }
        }
    }

    private func skip(limit: Int) async throws {
        var room = limit
        while let bytes = try await bytes() {
            room -= bytes.readableBytes
            guard room >= 0 else { throw failed(.protocol, "the form does not begin") }
        }
    }

    /// What the delimiter that was just passed announces.
    private func announcement() async throws -> MultipartHeadLines.Outcome {
        var lines = MultipartHeadLines()
        while true {
            do throws(SFSError) {
                if let outcome = try lines.next(in: &chunk) { return outcome }
            } catch {
                throw failed(error.code, error.message)
            }
            try await refill()
        }
    }

    /// Reads the body to its end, so that one that was cut off is not taken for whole.
    private func drain() async throws {
        var room = Self.junkBytesMaximum - chunk.readableBytes
        chunk.clear()
        while room >= 0 {
            guard let more = try await nextChunk() else { return }
            room -= more.readableBytes
        }
        throw failed(.protocol, "the form goes on behind its end")
    }

    private func refill() async throws {
        guard let next = try await nextChunk() else {
            throw failed(.protocol, "the form ends before its last boundary")
        }
        chunk = next
    }

    private func nextChunk() async throws -> ByteBuffer? {
        guard !isReading else {
            throw SFSError(.internal, "a form is read twice at once")
        }
        isReading = true
        defer { isReading = false }
        // What belongs to an actor cannot be changed across a suspension; a copy of it can.
        var chunks = chunks
        let next = try await chunks.next(isolation: self)
        self.chunks = chunks
        return next
    }

    /// The error to throw now and by every later call.
    private func failed(_ code: ErrorCode, _ message: String) -> SFSError {
        let error = SFSError(code, message)
        phase = .failed(error)
        return error
    }

    private static func boundary(_ contentType: String?) throws(SFSError) -> String {
        guard let value = contentType.flatMap({ ParameterizedValue(parsing: $0) }),
            value.value == "multipart/form-data"
        else { throw SFSError(.protocol, "the body is not 'multipart/form-data'") }
        let boundary = value["boundary"] ?? ""
        let isAllowed = boundary.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9": true
            default: "'()+_,-./:=? ".unicodeScalars.contains(scalar)
            }
        }
        guard (1...70).contains(boundary.utf8.count), isAllowed, !boundary.hasSuffix(" ") else {
            throw SFSError(.protocol, "the form's boundary is not one of 1 to 70 characters")
        }
        return boundary
    }
}

/// What the body of a part wraps.
private struct PartBytes: AsyncSequence, Sendable {
    let reader: MultipartReader
    let turn: Int

    func makeAsyncIterator() -> Iterator { Iterator(bytes: self) }

    struct Iterator: AsyncIteratorProtocol {
        let bytes: PartBytes

        func next(isolation actor: isolated (any Actor)?) async throws -> ByteBuffer? {
            try await bytes.reader.bytes(inTurn: bytes.turn)
        }

        func next() async throws -> ByteBuffer? {
            try await bytes.reader.bytes(inTurn: bytes.turn)
        }
    }
}
