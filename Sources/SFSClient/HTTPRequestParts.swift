import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import SFSCore
import SFSWire

/// One request, before it is sent to an address.
struct HTTPRequestParts: Sendable {
    enum Method: String { case get = "GET", put = "PUT", post = "POST", delete = "DELETE" }

    private let method: Method
    /// Path and query.
    private let target: String
    private var headers = HTTPHeaders()
    private var body = Body.none
    private var isAnonymous = false

    private enum Body {
        case none
        case bytes(ByteBuffer)
        /// `length` is `nil` when it is not known beforehand.
        case stream(ByteStream, length: Int64?)
    }

    /// A request with all of its body, ready to be written.
    struct Message: Sendable {
        let head: HTTPRequestHead
        let body: ByteBuffer
        /// How long its reply may be in coming; `nil` = as long as any.
        let patience: Duration?
    }

    /// A request without a body; items of `query` without a value are left out.
    init(_ method: Method, _ path: String, query: [(name: String, value: String?)] = []) {
        self.method = method
        target = path + PercentEncoding.query(query)
    }

    /// The same for a part of what is there; `nil` = all of it.
    func with(range: ByteRange?) -> HTTPRequestParts {
        guard let range else { return self }
        var request = self
        request.headers.add(name: "Range", value: "bytes=\(range.text)")
        return request
    }

    /// The same with `message` as its body, in JSON.
    func with(json message: some Encodable) throws(SFSError) -> HTTPRequestParts {
        var request = self
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(ByteBuffer(bytes: try JSON.encode(message)))
        return request
    }

    /// The same with a streamed body of `length` bytes; `nil` = not known beforehand.
    func with(stream: ByteStream, length: Int64?) -> HTTPRequestParts {
        var request = self
        request.headers.add(name: "Content-Type", value: "application/octet-stream")
        request.body = .stream(stream, length: length)
        return request
    }

    /// The same without saying who asks.
    func anonymous() -> HTTPRequestParts {
        var request = self
        request.isAnonymous = true
        return request
    }

    /// The same for a reply that may be `patience` in coming; see `StallHandler`.
    func with(patience: Duration) -> HTTPRequestParts {
        var request = self
        request.headers.add(
            name: "Prefer", value: "\(Self.waitPreference)\(patience.components.seconds)")
        return request
    }

    /// Whether its body is a stream, which takes as long as its source.
    var isStreamed: Bool {
        if case .stream = body { true } else { false }
    }

    /// How long it may be until its reply comes; `nil` = as long as any.
    var patience: Duration? {
        Self.patience(headers).map { .nanoseconds($0.nanoseconds) }
    }

    /// How long a request with these `headers` says that it waits for its reply (RFC 7240).
    static func patience(_ headers: HTTPHeaders) -> TimeAmount? {
        guard let preference = headers.first(name: "Prefer"),
            preference.hasPrefix(waitPreference)
        else { return nil }
        return Int64(preference.dropFirst(waitPreference.count)).map { .seconds($0) }
    }

    private static let waitPreference = "wait="

    /// The request for a connection to a Unix socket on which no other one follows; `nil` when its
    /// body is streamed.
    func socketMessage(authorization: String?) -> Message? {
        let bytes: ByteBuffer
        switch body {
        case .none: bytes = ByteBuffer()
        case .bytes(let whole): bytes = whole
        case .stream: return nil
        }
        var headers = headers(onSocket: true, authorization)
        headers.add(name: "Connection", value: "close")
        if method == .post || method == .put || bytes.readableBytes > 0 {
            headers.add(name: "Content-Length", value: String(bytes.readableBytes))
        }
        let head = HTTPRequestHead(
            version: .http1_1, method: HTTPMethod(rawValue: method.rawValue), uri: target,
            headers: headers)
        return Message(
            head: head, body: bytes, patience: patience)
    }

    /// The request as the HTTP library wants it.
    func message(to address: HTTPAddress, authorization: String?) -> HTTPClientRequest {
        var message = HTTPClientRequest(url: address.base + target)
        message.method = HTTPMethod(rawValue: method.rawValue)
        // The library leaves the host out on a Unix socket, where HTTP/1.1 wants it as well.
        let isOnSocket = if case .socket = address { true } else { false }
        message.headers = headers(onSocket: isOnSocket, authorization)
        switch body {
        case .none: break
        case .bytes(let bytes): message.body = .bytes(bytes)
        case .stream(let stream, let length):
            message.body = .stream(stream, length: length.map { .known($0) } ?? .unknown)
        }
        return message
    }

    private func headers(onSocket: Bool, _ authorization: String?) -> HTTPHeaders {
        var headers = headers
        if onSocket { headers.add(name: "Host", value: "localhost") }
        if let authorization, !isAnonymous {
            headers.add(name: "Authorization", value: authorization)
        }
        return headers
    }
}
