import NIOCore
import SFSCore
import SFSHTTP
import SFSWire

/// One thing that a member answers.
struct Route: Sendable {
    /// In capitals; a route for GET answers HEAD too.
    let method: String
    /// For example `/static/{hash}/{file}`.
    let pattern: String
    let access: RouteAccess
    let style: ErrorStyle
    /// Whether pages of other sites may read the answer (CORS).
    let isShared: Bool
    let answer: @Sendable (RouteCall) async throws -> HTTPResponse

    init(
        _ method: String, _ pattern: String, _ access: RouteAccess, _ style: ErrorStyle = .native,
        isShared: Bool = false, answer: @escaping @Sendable (RouteCall) async throws -> HTTPResponse
    ) {
        self.method = method
        self.pattern = pattern
        self.access = access
        self.style = style
        self.isShared = isShared
        self.answer = answer
    }
}

/// A request that found its route.
struct RouteCall: Sendable {
    let request: HTTPRequest
    let body: RequestBody
    /// The path's variable segments by name, decoded: none is empty, `.`, `..`, or has a slash or
    /// a NUL in it.
    let parameters: [String: String]
    let caller: Caller
    /// Bytes of a JSON body, at most.
    let jsonMaximum: Int
    /// Memory for bodies that are collected.
    let budget: BodyBudget

    /// The segment called `name` in the route's pattern.
    func parameter(_ name: String) -> String { parameters[name] ?? "" }

    /// The hash in the segment `hash`.
    ///
    /// - Throws: `SFSError` with code `.invalidHash`.
    func hash() throws(SFSError) -> ContentHash {
        try ContentHash(parsing: parameter("hash"))
    }

    /// The body of a request that brings contents, of `maximum` bytes at most.
    ///
    /// - Throws: `SFSError` with code `.tooLarge`, at once or while it is read.
    func upload(upTo maximum: Int64) throws(SFSError) -> ByteStream {
        guard body.declaredLength ?? 0 <= maximum else {
            throw SFSError(.tooLarge, "the body is too large; \(maximum) bytes are allowed")
        }
        return body.stream.limited(to: maximum)
    }

    /// The JSON value that the body is.
    ///
    /// - Throws: `SFSError` with code `.protocol` or `.tooLarge`.
    func json<Value: Decodable>(_ type: Value.Type) async throws -> Value {
        try await withBody { try JSON.decode(type, from: $0.readableBytesView) }
    }

    /// Runs `use` with all of the body.
    ///
    /// - Throws: `SFSError` with code `.tooLarge`, or `.busy`; what `use` throws.
    func withBody<Result>(_ use: (ByteBuffer) throws -> Result) async throws -> Result {
        let length = body.declaredLength.map { Int(clamping: $0) } ?? jsonMaximum
        return try await budget.with(min(length, jsonMaximum)) {
            try use(try await body.collect(upTo: jsonMaximum))
        }
    }
}

/// How a route tells of an error.
enum ErrorStyle: Sendable, Hashable {
    /// Our own status and `{"error":{"code","message"}}` (design.md §10).
    case native
    /// As the original did for contents on a prism: 500, 404, 503 or 501, `{"error":…}`, and three
    /// fields called `StretchFS-…` (protocol.md 2.0).
    case content
    /// As the original did elsewhere: the same statuses, `{"error":…}` with a text.
    case plain
}

/// An answer that a route gives instead of its result, when clients expect just that.
struct Refused: Error {
    let response: HTTPResponse
    /// For the log.
    let cause: SFSError
}
