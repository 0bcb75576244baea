import SFSCore
import SFSHTTP

/// Answers GET and HEAD for bytes that never change: conditions, ranges, headers.
struct ByteReply {
    /// Who may keep the bytes, and for how long.
    enum Caching {
        /// Everybody, as long as HTTP allows.
        case everywhere
        /// Only who asked, for so many seconds.
        case privately(seconds: Int64)
    }

    /// A year: what caches take for "for ever".
    static let yearInSeconds: Int64 = 31_536_000

    let hash: ContentHash
    /// Bytes of the whole content.
    let size: Int64
    let mediaType: String
    /// When the cluster first had it, if that is known.
    var created: Timestamp?
    var caching = Caching.privately(seconds: yearInSeconds)

    /// Opens a part of the content.
    typealias Bytes = @Sendable (Range<Int64>) async throws -> ByteStream

    /// The reply to `request`; `bytes` is asked for the parts that it needs, and not for HEAD.
    ///
    /// A field `attach` of the query is the name under which a browser is to save it.
    ///
    /// - Throws: what `bytes` throws; `SFSError` with code `.preconditionFailed`, or `.protocol`
    ///   for a query that is none.
    func answer(_ request: HTTPRequest, bytes: @escaping Bytes) async throws -> HTTPResponse {
        var headers = try headers(request)
        headers.add("Cache-Control", cacheControl)
        let choice = Conditional.evaluate(
            method: request.method, headers: request.headers, entityTag: tag,
            lastModified: created, size: size)
        switch choice {
        case .notModified: return HTTPResponse(status: 304, headers: headers)
        case .preconditionFailed:
            throw SFSError(.preconditionFailed, "'\(hash)' does not match the condition")
        case .unsatisfiable: return unsatisfiable
        case .whole:
            return try await part(0..<size, status: 200, headers, request, bytes)
        case .part(let range):
            headers.add(
                "Content-Range", "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)")
            return try await part(range, status: 206, headers, request, bytes)
        case .parts(let ranges):
            let parts = MultipartRanges(parts: ranges, size: size, mediaType: contentType)
            headers.add("Content-Type", parts.contentType)
            return HTTPResponse(status: 206, headers: headers, body: parts.body(bytes))
        }
    }

    private var tag: String { "\"\(hash)\"" }

    private var contentType: String { MediaType.withCharset(mediaType) }

    private var cacheControl: String {
        // The name is the hash of the bytes: what is cached under it stays right for ever.
        switch caching {
        case .everywhere: "public, max-age=\(Self.yearInSeconds), immutable"
        case .privately(let seconds):
            "private, max-age=\(min(max(seconds, 0), Self.yearInSeconds)), immutable"
        }
    }

    /// The fields of every answer with bytes, but for who may keep them.
    private func headers(_ request: HTTPRequest) throws -> HeaderFields {
        var headers: HeaderFields = [
            "Accept-Ranges": "bytes", "ETag": tag, "X-Content-Type-Options": "nosniff",
        ]
        if let created { headers.add("Last-Modified", HTTPDate.text(created)) }
        if let name = try request.queryValue("attach") {
            headers.add("Content-Disposition", ContentDisposition.attachment(name))
        }
        return headers
    }

    /// The fields that are the same in every answer with bytes to the target of `request`; without
    /// `Cache-Control` where that differs from answer to answer.
    ///
    /// - Throws: `SFSError` with code `.protocol` for a query that is none.
    func preparedFields(_ request: HTTPRequest) throws -> HeaderFields {
        var fields = try headers(request)
        if case .everywhere = caching { fields.add("Cache-Control", cacheControl) }
        fields.add("Content-Type", contentType)
        return fields
    }

    private var unsatisfiable: HTTPResponse {
        var response = HTTPResponse.error(
            SFSError(.rangeNotSatisfiable, "'\(hash)' has \(size) bytes only"))
        response.headers.add("Content-Range", "bytes */\(size)")
        return response
    }

    /// One run of bytes; only its length in answer to HEAD.
    private func part(
        _ range: Range<Int64>, status: Int, _ headers: HeaderFields, _ request: HTTPRequest,
        _ bytes: Bytes
    ) async throws -> HTTPResponse {
        var headers = headers
        headers.add("Content-Type", contentType)
        guard request.method != "HEAD" else {
            headers.add("Content-Length", "\(range.count)")
            return HTTPResponse(status: status, headers: headers)
        }
        return HTTPResponse(
            status: status, headers: headers,
            body: .stream(length: Int64(range.count), try await bytes(range)))
    }
}
