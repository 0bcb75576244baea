import NIOCore
import NIOHTTP1

/// Status line and header fields of a response, as bytes.
enum ResponseHead {
    /// What a request and its connection have to do with the head.
    struct Circumstances {
        /// Whether the request was HEAD.
        var isHead: Bool
        /// Whether the request was HTTP/1.0.
        var isOld: Bool
        /// Whether the connection stays open.
        var isKeepAlive: Bool
    }

    /// Writes the head of `response`, the empty line included.
    static func write(
        _ response: HTTPResponse, _ circumstances: Circumstances, date: String,
        into buffer: inout ByteBuffer
    ) {
        let status = HTTPResponseStatus(statusCode: response.status)
        buffer.writeString("HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\nDate: \(date)\r\n")
        write(response.headers, into: &buffer)
        if let length = contentLength(of: response, isHead: circumstances.isHead) {
            writeField("Content-Length", length, into: &buffer)
        }
        if !circumstances.isKeepAlive {
            writeField("Connection", "close", into: &buffer)
        } else if circumstances.isOld {
            writeField("Connection", "keep-alive", into: &buffer)
        }
        buffer.writeStaticString("\r\n")
    }

    /// Writes `fields`, but for those that are the server's affair.
    static func write(_ fields: HeaderFields, into buffer: inout ByteBuffer) {
        for (name, value) in fields.fields where !isOurs(name) {
            writeField(name, value, into: &buffer)
        }
    }

    /// Whether a response with `status` has a body at all.
    static func allowsBody(_ status: Int) -> Bool {
        status >= 200 && status != 204 && status != 304
    }

    private static let ours = [
        "content-length", "transfer-encoding", "connection", "keep-alive", "date",
    ]

    private static func isOurs(_ name: String) -> Bool { ours.contains(name.lowercased()) }

    private static func contentLength(of response: HTTPResponse, isHead: Bool) -> String? {
        if case .none = response.body, isHead || response.status == 304,
            let length = response.headers.first("Content-Length")
        {
            return length
        }
        return allowsBody(response.status) ? String(response.body.length) : nil
    }

    private static func writeField(_ name: String, _ value: String, into buffer: inout ByteBuffer) {
        buffer.writeString(name)
        buffer.writeStaticString(": ")
        if value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) {
            buffer.writeString(value)
        } else {
            buffer.writeBytes(value.utf8.lazy.map { $0 >= 0x20 && $0 != 0x7F ? $0 : 0x20 })
        }
        buffer.writeStaticString("\r\n")
    }
}
