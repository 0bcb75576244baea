import Foundation
import Glibc
import SFSHTTP

/// A client that sends exactly the bytes it is told to, over a blocking socket.
///
/// Every wait ends after thirty seconds, so that a server that is silent fails a test.
final class RawClient {
    struct Failure: Error, CustomStringConvertible {
        let description: String

        init(_ what: String) { description = "\(what): \(String(cString: strerror(errno)))" }
    }

    /// A response, as far as it came.
    struct Response {
        var status: Int
        var headers: [(name: String, value: String)]
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }

        func header(_ name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }
    }

    let descriptor: CInt
    private var unread: [UInt8] = []

    init(to listener: BoundListener) throws {
        switch listener.address {
        case .tcp(let host, let port, _):
            let isOld = !host.contains(":")
            descriptor = socket(isOld ? AF_INET : AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
            if isOld {
                var address = sockaddr_in()
                address.sin_family = sa_family_t(AF_INET)
                address.sin_port = in_port_t(port).bigEndian
                inet_pton(AF_INET, host, &address.sin_addr)
                try connect(address)
            } else {
                var address = sockaddr_in6()
                address.sin6_family = sa_family_t(AF_INET6)
                address.sin6_port = in_port_t(port).bigEndian
                inet_pton(AF_INET6, host, &address.sin6_addr)
                try connect(address)
            }
        case .unix(let path, _, _):
            descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
            try connect(address)
        }
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(
                descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
    }

    deinit { Glibc.close(descriptor) }

    private func connect<Address>(_ address: Address) throws {
        let result = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
            }
        }
        guard result == 0 else { throw Failure("connect") }
    }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(
                    descriptor, $0.baseAddress?.advanced(by: sent), $0.count - sent,
                    Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure("send") }
            sent += count
        }
    }

    /// Sends `count` zero bytes.
    func send(zeros count: Int) throws {
        let block = [UInt8](repeating: 0, count: 1 << 20)
        var missing = count
        while missing > 0 {
            try send(missing < block.count ? Array(block[..<missing]) : block)
            missing -= block.count
        }
    }

    /// Sends `bytes` again and again until the server takes no more for half a second, or
    /// `limit` bytes have gone; how many went.
    func sendUntilBlocked(_ bytes: [UInt8], limit: Int) -> Int {
        var sent = 0
        var event = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        while sent < limit, poll(&event, 1, 500) == 1 {
            let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, min($0.count, limit - sent), flags)
            }
            guard count > 0 else { break }
            sent += count
        }
        return sent
    }

    /// Some bytes; none at the end.
    func receive(upTo count: Int = 64 << 10) throws -> [UInt8] {
        if !unread.isEmpty {
            defer { unread = [] }
            return unread
        }
        var buffer = [UInt8](repeating: 0, count: count)
        let received = recv(descriptor, &buffer, count, 0)
        guard received >= 0 else { throw Failure("receive") }
        buffer.removeLast(count - received)
        return buffer
    }

    /// Everything until the server closes.
    func receiveAll() throws -> String {
        var all: [UInt8] = []
        while true {
            let more = try receive()
            if more.isEmpty { return String(decoding: all, as: UTF8.self) }
            all += more
        }
    }

    /// How many bytes come until the server closes; `pause` is told the sum after each few.
    func receiveAll(_ pause: (Int) -> Void) throws -> Int {
        var sum = 0
        while true {
            let more = try receive(upTo: 1 << 20).count
            if more == 0 { return sum }
            sum += more
            pause(sum)
        }
    }

    /// Keeps the kernel from taking megabytes in before anybody reads them.
    func receivesLittle() {
        var size: Int32 = 128 << 10
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Whether the server has closed, cleanly or not, when all it sent was read.
    func isClosed() -> Bool {
        (try? receive())?.isEmpty ?? (errno == ECONNRESET)
    }

    /// One response head, and its body unless there is none in answer to HEAD.
    func response(toHEAD isHead: Bool = false) throws -> Response {
        var bytes: [UInt8] = []
        let separator = Array("\r\n\r\n".utf8)
        while bytes.firstRange(of: separator) == nil {
            let more = try receive()
            if more.isEmpty {
                throw Failure("closed before a response ended: \(bytes.count) bytes")
            }
            bytes += more
        }
        guard let end = bytes.firstRange(of: separator) else { preconditionFailure("found above") }
        let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
        let lines = head.components(separatedBy: "\r\n")
        var response = Response(
            status: Int(lines[0].split(separator: " ")[1]) ?? 0,
            headers: lines.dropFirst().map { line in
                let sides = line.split(separator: ":", maxSplits: 1)
                return (String(sides[0]), sides[1].trimmingCharacters(in: .whitespaces))
            },
            body: Array(bytes[end.upperBound...]))
        let length = isHead ? 0 : Int(response.header("Content-Length") ?? "0") ?? 0
        while response.body.count < length {
            let more = try receive()
            if more.isEmpty { throw Failure("cut off after \(response.body.count) of \(length)") }
            response.body += more
        }
        unread = Array(response.body[length...])
        response.body.removeLast(unread.count)
        return response
    }

    /// Resets the connection: what a client does that crashes.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }
}

/// Runs blocking calls on a thread of their own: the server needs the cooperative ones.
func blocking<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws -> R {
    try await withCheckedThrowingContinuation { continuation in
        let work = Work { continuation.resume(with: Result { try body() }) }
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, Unmanaged.passRetained(work).toOpaque())
        guard result == 0 else {
            return continuation.resume(throwing: RawClient.Failure("pthread_create \(result)"))
        }
        pthread_detach(thread)
    }
}

/// What a thread does.
private final class Work {
    let run: () -> Void

    init(_ run: @escaping () -> Void) { self.run = run }
}
