import NIOCore
import NIOHTTP1
import SFSCore

/// A request that the server answers by itself, without any handler, before it closes.
struct Refusal: Error {
    /// 400 to 599.
    let status: Int
    /// What the body says.
    let error: SFSError

    /// A refusal that is the client's fault.
    init(_ status: Int, _ message: String) {
        self.status = status
        error = SFSError(.protocol, message)
    }

    /// A refusal with the error's own status.
    init(_ error: SFSError) {
        status = error.code.httpStatus
        self.error = error
    }

    /// What the parser did not like, as an answer; `nil` when the connection just failed.
    init?(_ error: any Error) {
        switch error {
        case let refusal as Refusal: self = refusal
        case HTTPParserError.headerOverflow:
            self.init(431, "the header of the request is too large")
        case HTTPParserError.invalidVersion:
            self.init(505, "the version of HTTP is neither 1.0 nor 1.1")
        case HTTPParserError.invalidEOFState, HTTPParserError.closedConnection: return nil
        case is HTTPParserError:
            self.init(400, "the request is malformed")
        default: return nil
        }
    }

    /// The whole answer, but for `Connection: close`, which is the writer's affair.
    var response: HTTPResponse {
        var response = HTTPResponse(
            status: status, headers: ["Content-Type": "application/json"],
            body: .bytes(ByteBuffer(string: body)))
        if status == 503 { response.headers.add("Retry-After", "1") }
        return response
    }

    /// The project's error object.
    private var body: String {
        #"{"error":{"code":"\#(error.code.rawValue)","message":"\#(escaped(error.message))"}}"#
    }

    private func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": escaped += "\\\(scalar)"
            case "\u{00}"..<" ": escaped += " "
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
