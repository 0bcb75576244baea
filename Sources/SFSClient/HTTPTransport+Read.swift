import NIOCore
package import SFSCore

/// The bytes of a content, or of a part of it, on their way here.
package struct ContentBody: Sendable {
    /// Size of the whole content in bytes.
    package let size: Int64
    /// Which of them `bytes` carries.
    package let offsets: Range<Int64>
    /// Media type, when the sender said one.
    package let mediaType: String?
    /// Exactly `offsets.count` bytes, or it throws.
    package let bytes: ByteStream
}

extension HTTPTransport {
    /// Asks for the bytes at `path`, all or `range` of them.
    ///
    /// - Throws: `SFSError`: what the sender threw, or `.protocol` when it sent other bytes than
    ///   were asked for.
    func read(_ path: String, range: ByteRange?) async throws -> ContentBody {
        let reply = try await open(HTTPRequestParts(.get, path).with(range: range))
        let (length, bytes) = try reply.stream()
        let part = try range.map { try checkedPart($0, of: reply) }
        let offsets = part?.offsets ?? 0..<length
        guard Int64(offsets.count) == length else {
            throw failure.senseless("a part that has not the length that it says")
        }
        return ContentBody(
            size: part?.size ?? length, offsets: offsets,
            mediaType: reply.header("Content-Type"), bytes: bytes)
    }

    /// What `Content-Range` says, checked against the `range` that was asked for.
    private func checkedPart(_ range: ByteRange, of reply: HTTPReply) throws -> ContentRange {
        guard reply.status == 206, let text = reply.header("Content-Range"),
            let part = ContentRange(parsing: text)
        else { throw failure.senseless("no part where a part was asked for") }
        guard part.offsets == range.offsets(in: part.size) else {
            throw failure.senseless("another part than was asked for")
        }
        return part
    }
}

/// The value of `Content-Range` (RFC 9110, section 14.4): `bytes 0-99/1234`.
struct ContentRange: Hashable {
    let offsets: Range<Int64>
    /// Of the whole, in bytes.
    let size: Int64

    init?(parsing text: String) {
        let unit = "bytes "
        let sides = text.dropFirst(unit.count).split(
            separator: "/", omittingEmptySubsequences: false)
        guard text.hasPrefix(unit), sides.count == 2, let size = Int64(sides[1]),
            case .from(let first, let last?) = ByteRange(parsing: sides[0]), last < size
        else { return nil }
        offsets = first..<last + 1
        self.size = size
    }
}
