import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import SFSCore
import SFSWire

/// A reply whose head is there and whose body is still to be read.
struct HTTPReply: Sendable {
    let response: HTTPClientResponse
    let failure: TransportFailure
    let limits: HTTPLimits

    var status: Int { Int(response.status.code) }

    /// The first header of that name.
    func header(_ name: String) -> String? { response.headers.first(name: name) }

    /// The whole body as JSON.
    func decode<Message: Decodable>(_ type: Message.Type) async throws -> Message {
        let bytes = try await collect()
        do throws(SFSError) {
            return try JSON.decode(type, from: bytes.readableBytesView)
        } catch {
            throw failure.senseless("a reply that is not the JSON expected", cause: error)
        }
    }

    /// Reads the body to its end, so that the connection can serve again.
    func discard() async throws {
        _ = try await collect()
    }

    /// The body as a stream of exactly as many bytes as the reply promised.
    func stream() throws(SFSError) -> (length: Int64, bytes: ByteStream) {
        guard let length = header("Content-Length").flatMap({ Int64($0) }), length >= 0 else {
            throw failure.senseless("a body without its length")
        }
        return (
            length, ByteStream(ReplyBytes(body: response.body, count: length, failure: failure))
        )
    }

    /// The error that the other side had, or one made from the status when the body tells none.
    func error() async -> any Error {
        do {
            let bytes = try await collect()
            return try JSON.decode(ErrorMessage.self, from: bytes.readableBytesView).asError
        } catch let error as CancellationError {
            return error
        } catch {
            // The status says enough; a proxy in between answers without our JSON.
            return SFSError(
                Self.code(for: status),
                "sfsd at '\(failure.address)' answered with status \(status)", cause: error)
        }
    }

    private func collect() async throws -> ByteBuffer {
        do {
            return try await response.body.collect(upTo: limits.messageBytesMaximum)
        } catch {
            throw failure.translate(error)
        }
    }

    /// The code that fits a bare status best.
    private static func code(for status: Int) -> ErrorCode {
        switch status {
        case 401: .unauthenticated
        case 403: .denied
        case 404: .notFound
        case 408, 504: .timeout
        case 409: .conflict
        case 410: .expired
        case 413: .tooLarge
        case 416: .rangeNotSatisfiable
        case 422: .hashMismatch
        case 429: .busy
        case 502, 503: .unavailable
        case 507: .noSpace
        default: .protocol
        }
    }
}
