import NIOCore
import SFSCore
import SFSHTTP
import SFSWire

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
            response.headers.add("StretchFS-Code", "\(response.status)")
            response.headers.add("StretchFS-Reason", Self.reason(response.status))
            response.headers.add("StretchFS-Message", Self.message(of: error))
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

    private static func reason(_ status: Int) -> String {
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

extension Refused {
    /// Exactly `value` with `status`, and `message` for the log.
    init(_ status: Int, _ value: JSONValue, _ code: ErrorCode, _ message: String) {
        self.init(
            response: .value(value, status: status), cause: SFSError(code, message))
    }
}
