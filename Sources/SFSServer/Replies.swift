import NIOCore
import SFSCore
import SFSHTTP
import SFSWire

extension HTTPResponse {
    /// `value` as JSON.
    static func json(_ value: some Encodable, status: Int = 200) -> HTTPResponse {
        do {
            return json(text: try JSON.encode(value), status: status)
        } catch {
            return HTTPResponse(status: 500)
        }
    }

    /// Text that is JSON.
    static func json(text: [UInt8], status: Int = 200) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: ["Content-Type": "application/json"],
            body: .bytes(ByteBuffer(bytes: text)))
    }

    /// `error` as its status and an `ErrorMessage`; its cause is not told.
    static func error(_ error: SFSError) -> HTTPResponse {
        var response = json(ErrorMessage(error), status: error.code.httpStatus)
        if error.code == .unauthenticated {
            response.headers.add("WWW-Authenticate", "Bearer")
        }
        if error.code == .unavailable || error.code == .busy {
            response.headers.add("Retry-After", "1")
        }
        return response
    }

    /// A line of text.
    static func text(_ text: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: ["Content-Type": "text/plain; charset=utf-8"],
            body: .bytes(ByteBuffer(string: text + "\n")))
    }
}
