import AsyncHTTPClient
import Dispatch
import Glibc
import NIOCore
import NIOEmbedded
import NIOHTTP1
import SFSCore
import Synchronization

/// One request on a Unix socket and the whole of its reply, on a connection of its own.
///
/// It blocks a thread that it has for itself. The HTTP library, which starts an event loop on every
/// processor, takes longer for that than such a question and its answer do.
struct SocketExchange: Sendable {
    let path: String
    let limits: HTTPLimits

    /// The reply, with all of its body.
    ///
    /// - Throws: what `TransportFailure` translates; `CancellationError`.
    func reply(to message: HTTPRequestParts.Message) async throws -> HTTPClientResponse {
        let socket = try Socket()
        return try await withTaskCancellationHandler {
            do {
                return try await withCheckedThrowingContinuation { waiter in
                    // A queue of its own has a thread of its own, if need be a new one.
                    DispatchQueue(label: "sfs.socket-exchange").async {
                        waiter.resume(with: Result { try exchange(message, on: socket) })
                    }
                }
            } catch {
                try Task.checkCancellation()
                throw error
            }
        } onCancel: {
            socket.interrupt()
        }
    }

    private func exchange(
        _ message: HTTPRequestParts.Message, on socket: Socket
    ) throws -> HTTPClientResponse {
        try socket.connect(to: path, within: limits.connectTimeout)
        try socket.setTimeout(message.patience ?? limits.stallTimeout)
        // The library's own parser, without its sockets: both must agree where a reply ends.
        let parser = EmbeddedChannel()
        defer { _ = try? parser.finish(acceptAlreadyClosed: true) }  // What is left is of no use.
        try parser.pipeline.syncOperations.addHTTPClientHandlers()
        try parser.writeOutbound(HTTPClientRequestPart.head(message.head))
        try parser.writeOutbound(HTTPClientRequestPart.body(.byteBuffer(message.body)))
        try parser.writeOutbound(HTTPClientRequestPart.end(nil))
        while case .byteBuffer(let bytes) = try parser.readOutbound(as: IOData.self) {
            // A server that has heard enough answers early; what it says is read below.
            guard try socket.send(bytes) else { break }
        }
        return try read(parser, socket)
    }

    private func read(
        _ parser: EmbeddedChannel, _ socket: Socket
    ) throws -> HTTPClientResponse {
        var reply: HTTPClientResponse?
        var body = ByteBuffer()
        while true {
            let bytes = try socket.receive()
            if bytes.readableBytes > 0 {
                try socket.setTimeout(limits.stallTimeout)
                try parser.writeInbound(bytes)
            } else {
                _ = try parser.finish()
            }
            while let part = try parser.readInbound(as: HTTPClientResponsePart.self) {
                switch part {
                case .head(let head):
                    reply = HTTPClientResponse(
                        version: head.version, status: head.status, headers: head.headers)
                case .body(let chunk):
                    guard body.readableBytes + chunk.readableBytes <= limits.messageBytesMaximum
                    else { throw NIOTooManyBytesError(maxBytes: limits.messageBytesMaximum) }
                    body.writeImmutableBuffer(chunk)
                case .end:
                    guard var reply else { throw HTTPClientError.remoteConnectionClosed }
                    reply.body = .bytes(body)
                    return reply
                }
            }
            guard bytes.readableBytes > 0 else { throw HTTPClientError.remoteConnectionClosed }
        }
    }
}

/// A blocking Unix socket whose calls another thread may end.
private final class Socket: Sendable {
    /// Bytes received at once.
    private static let receiveBytes = 64 << 10

    private let descriptor: Int32

    init() throws {
        descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw IOError(errnoCode: errno, reason: "socket") }
    }

    deinit {
        close(descriptor)
    }

    func connect(to path: String, within limit: Duration) throws {
        // Until there is room in the queue of the one who listens.
        try setTimeout(limit)
        let status = UnixSocketAddress.with(path) { Glibc.connect(descriptor, $0, $1) }
        guard status != 0 else { return }
        if errno == EAGAIN { throw HTTPClientError.connectTimeout }
        throw IOError(errnoCode: errno, reason: "connect")
    }

    /// How long each call may wait for the other side.
    func setTimeout(_ limit: Duration) throws {
        let parts = limit.components
        var time = timeval(
            tv_sec: Int(clamping: parts.seconds),
            tv_usec: Int(parts.attoseconds / 1_000_000_000_000))
        // Zero would be for ever.
        if time.tv_sec == 0, time.tv_usec == 0 { time.tv_usec = 1 }
        for option in [SO_SNDTIMEO, SO_RCVTIMEO] {
            let status = setsockopt(
                descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
            guard status == 0 else { throw IOError(errnoCode: errno, reason: "setsockopt") }
        }
    }

    /// Sends all of `bytes`; `false` when the other side takes no more.
    func send(_ bytes: ByteBuffer) throws -> Bool {
        var bytes = bytes
        while bytes.readableBytes > 0 {
            let count = bytes.withUnsafeReadableBytes { room in
                Glibc.send(descriptor, room.baseAddress, room.count, Int32(MSG_NOSIGNAL))
            }
            if count >= 0 {
                bytes.moveReaderIndex(forwardBy: count)
            } else if errno == EPIPE || errno == ECONNRESET {
                return false
            } else if errno != EINTR {
                throw failure("send")
            }
        }
        return true
    }

    /// What has come; nothing at the end.
    func receive() throws -> ByteBuffer {
        var bytes = ByteBufferAllocator().buffer(capacity: Self.receiveBytes)
        var count = -1
        repeat {
            bytes.writeWithUnsafeMutableBytes(minimumWritableBytes: Self.receiveBytes) { room in
                count = recv(descriptor, room.baseAddress, room.count, 0)
                return max(0, count)
            }
        } while count < 0 && errno == EINTR
        guard count >= 0 else { throw failure("recv") }
        return bytes
    }

    /// Ends what waits, and all that comes, as if the other side had closed.
    func interrupt() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    private func failure(_ call: String) -> any Error {
        if errno == EAGAIN || errno == EWOULDBLOCK { return HTTPClientError.readTimeout }
        return IOError(errnoCode: errno, reason: call)
    }
}
