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
    /// Whether all that it does by itself takes microseconds, if the body of the request is small.
    ///
    /// It is answered on the thread of the connection then, which must not be held up.
    let isQuick: Bool
    let answer: @Sendable (RouteCall) async throws -> HTTPResponse

    init(
        _ method: String, _ pattern: String, _ access: RouteAccess, _ style: ErrorStyle = .native,
        isShared: Bool = false, isQuick: Bool = false,
        answer: @escaping @Sendable (RouteCall) async throws -> HTTPResponse
    ) {
        self.method = method
        self.pattern = pattern
        self.access = access
        self.style = style
        self.isShared = isShared
        self.isQuick = isQuick
        self.answer = answer
    }

    /// The fields by which pages of other sites may read an answer (CORS).
    static let sharing: HeaderFields = [
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers":
            "Accept-Ranges, Content-Range, Content-Length, Content-Disposition, ETag",
    ]
}
