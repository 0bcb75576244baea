import SFSCore
import SFSHTTP

/// Answers GET and HEAD for bytes that never change: conditions, ranges, headers.
struct ByteReply {
    let hash: ContentHash
    let size: Int64
    let mediaType: String

    /// The reply to `request`; `bytes` is asked for the part that it needs, and only for GET.
    ///
    /// - Throws: what `bytes` throws; `SFSError` with code `.preconditionFailed`.
    func answer(
        _ request: HTTPRequest, bytes: (Range<Int64>) async throws -> ByteStream
    ) async throws -> HTTPResponse {
        let tag = "\"\(hash)\""
        var headers: HeaderFields = [
            "Accept-Ranges": "bytes", "ETag": tag, "X-Content-Type-Options": "nosniff",
            // The name is the hash of the bytes: what is cached under it stays right for ever.
            "Cache-Control": "private, max-age=31536000, immutable",
        ]
        let choice = Conditional.evaluate(
            method: request.method, headers: request.headers, entityTag: tag, size: size)
        let offsets: Range<Int64>
        var status = 200
        switch choice {
        case .notModified: return HTTPResponse(status: 304, headers: headers)
        case .preconditionFailed:
            throw SFSError(.preconditionFailed, "'\(hash)' does not match the condition")
        case .unsatisfiable:
            var response = HTTPResponse.error(
                SFSError(.rangeNotSatisfiable, "'\(hash)' has \(size) bytes only"))
            response.headers.add("Content-Range", "bytes */\(size)")
            return response
        case .whole: offsets = 0..<size
        case .part(let part):
            offsets = part
            status = 206
            headers.add(
                "Content-Range", "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(size)")
        }
        headers.add("Content-Type", mediaType)
        guard request.method != "HEAD" else {
            headers.add("Content-Length", "\(offsets.count)")
            return HTTPResponse(status: status, headers: headers)
        }
        return HTTPResponse(
            status: status, headers: headers,
            body: .stream(length: Int64(offsets.count), try await bytes(offsets)))
    }
}
