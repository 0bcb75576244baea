import NIOCore
import SFSCore
import SFSHTTP
import SFSWire

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

extension ErrorStyle {
    /// What the client of `route` is told of `error`.
    func refusal(_ error: SFSError, _ route: Route, _ request: HTTPRequest) -> Refused {
        var response =
            switch (self, error.code) {
            case (.native, _): HTTPResponse.error(error)
            case (_, .unauthenticated): Self.unauthenticated(error, request)
            case (.content, _), (.plain, _): Self.original(error)
            }
        if self == .content, error.code != .unauthenticated {
            response.addReason(Self.message(of: error))
        }
        if route.isShared { response.headers.replace("Access-Control-Allow-Origin", with: "*") }
        return Refused(response: response, cause: error)
    }

    /// Without a session: what HTTP Basic wants; with a bad one: what every client understands
    /// (protocol.md, part 7, 7).
    private static func unauthenticated(
        _ error: SFSError, _ request: HTTPRequest
    ) -> HTTPResponse {
        guard (request.headers.first(Access.sessionField) ?? "").isEmpty else {
            var response = HTTPResponse.value(
                ["error": "Invalid session", "message": "Session validate error"], status: 401)
            response.headers.add("WWW-Authenticate", basicChallenge)
            return response
        }
        return HTTPResponse(
            status: 401,
            headers: [
                "WWW-Authenticate": basicChallenge,
                "Content-Type": "text/plain; charset=utf-8",
            ], body: .bytes(ByteBuffer(string: "Unauthorized")))
    }

    /// The original's, word by word.
    private static let basicChallenge = "Basic realm=\"Authorization Required\""

    /// The original's four statuses, and ours where it had no answer of its own.
    private static func original(_ error: SFSError) -> HTTPResponse {
        let status =
            switch error.code {
            case .notFound: 404
            case .usage, .invalidHash, .conflict: 500
            case .unavailable, .timeout, .busy: 503
            // The last copy of a content is bad (promises.md "Verify").
            case .corrupt: 502
            case .protocol, .tooLarge, .denied, .noSpace, .rangeNotSatisfiable,
                .preconditionFailed, .expired:
                error.code.httpStatus
            default: 501
            }
        let message = message(of: error)
        var response = HTTPResponse.value(
            [
                "error": [
                    "message": .string(message), "name": .string(reason(status)),
                    "code": .string(error.code.rawValue),
                ],
                "message": .string(message),
            ], status: status)
        if status == 503 { response.headers.add("Retry-After", "1") }
        return response
    }

    /// What a stranger may know: nothing of our disks and bugs.
    private static func message(of error: SFSError) -> String {
        switch error.code {
        case .internal, .io, .configuration, .corrupt: "the request could not be carried out"
        case .noSpace: "there is no room for it"
        default: error.message
        }
    }

    /// The word for a status in the field `StretchFS-Reason`.
    static func reason(_ status: Int) -> String {
        switch status {
        case 404: "NotFoundError"
        case 503: "NetworkError"
        case 501: "UnknownError"
        default: "UserError"
        }
    }
}

extension HTTPResponse {
    /// `value` as JSON, the way clients of the original expect it.
    static func value(_ value: JSONValue, status: Int = 200) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: ["Content-Type": "application/json; charset=utf-8"],
            body: .bytes(ByteBuffer(bytes: value.text)))
    }
}

extension HTTPResponse {
    /// Adds the three fields by which the original tells of errors with contents.
    fileprivate mutating func addReason(_ message: String) {
        headers.add("StretchFS-Code", "\(status)")
        headers.add("StretchFS-Reason", ErrorStyle.reason(status))
        headers.add("StretchFS-Message", message)
    }
}

extension Refused {
    /// Exactly `value` with `status`, and `message` for the log.
    init(_ status: Int, _ value: JSONValue, _ code: ErrorCode, _ message: String) {
        self.init(
            response: .value(value, status: status), cause: SFSError(code, message))
    }

    /// The same, told as errors with contents are; `message` is for the client too.
    init(content status: Int, _ value: JSONValue, _ code: ErrorCode, _ message: String) {
        var response = HTTPResponse.value(value, status: status)
        response.addReason(message)
        self.init(response: response, cause: SFSError(code, message))
    }
}
