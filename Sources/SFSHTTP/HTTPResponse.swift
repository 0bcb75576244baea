package import NIOCore
package import SFSCore

/// What a handler answers.
///
/// The server adds `Date`, `Connection` and `Content-Length` itself. A `Content-Length` among
/// `headers` counts only where the body is `.none` in answer to HEAD, or with status 304.
package struct HTTPResponse: Sendable {
    /// 200 to 599.
    package var status: Int
    /// Control characters in values are sent as blanks, so that no value can add a field.
    package var headers: HeaderFields
    /// In answer to HEAD only its length is used.
    package var body: ResponseBody
    /// Called exactly once when the response has ended, whether all of it was sent or not.
    ///
    /// It is told how many bytes of `body` were handed to the connection: 0 in answer to HEAD. It
    /// must be quick, since the next request waits for it.
    package var whenEnded: (@Sendable (_ bytesSent: Int64) -> Void)?

    /// A response; without a body unless one is given.
    package init(
        status: Int, headers: HeaderFields = [:], body: ResponseBody = .none,
        whenEnded: (@Sendable (_ bytesSent: Int64) -> Void)? = nil
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.whenEnded = whenEnded
    }
}

/// The bytes of a response, wherever they are.
package enum ResponseBody: Sendable {
    /// No bytes.
    case none
    /// Bytes at hand.
    case bytes(ByteBuffer)
    /// Exactly `length` bytes that are still to come.
    ///
    /// A stream that throws, or ends before, cuts the connection: the client sees that bytes are
    /// missing. One that throws before its first byte is answered with the error's status.
    case stream(length: Int64, ByteStream)

    /// Whether sending it takes no reading.
    var isAtHand: Bool {
        switch self {
        case .none, .bytes: true
        case .stream: false
        }
    }

    /// Number of bytes.
    package var length: Int64 {
        switch self {
        case .none: 0
        case .bytes(let buffer): Int64(buffer.readableBytes)
        case .stream(let length, _): length
        }
    }
}

/// What an HTTP server is for.
package protocol HTTPHandler: Sendable {
    /// The answer to `request`; called once per request, concurrently for different connections.
    ///
    /// It is called on the thread that serves the connection, and others: what may hold a thread
    /// up, or computes for long, has to go elsewhere, as with `globalConcurrentExecutor`.
    ///
    /// `body` may be read while this runs and, by a streamed response, until the response was
    /// sent; what is left of it then is dropped. The task is cancelled when the client goes away.
    /// Errors become responses here: the server has no opinion about them.
    func respond(to request: HTTPRequest, body: RequestBody) async -> HTTPResponse

    /// Whether `prepare(_:)` is worth asking.
    var preparesReplies: Bool { get }

    /// The answer to every GET and HEAD of the target of `request`, if it is always the same bytes in
    /// a file, whatever its header says; `nil` for everything else, which `respond(to:body:)` answers.
    ///
    /// Of the fields of `request` only `Host` is there.
    func prepare(_ request: HTTPRequest) async -> PreparedReply?
}

extension HTTPHandler {
    /// Most handlers have nothing to prepare.
    package var preparesReplies: Bool { false }

    /// Nothing, unless a handler has its own.
    package func prepare(_ request: HTTPRequest) async -> PreparedReply? { nil }
}
