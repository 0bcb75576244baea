import Glibc
import ProcessFixture

/// Where a connection leads.
enum Place: Sendable, Hashable {
    case tcp(address: String, port: Int)
    case unix(String)

    /// What the field `Host` says when a test does not.
    var host: String {
        switch self {
        case .tcp(let address, let port): "\(address):\(port)"
        case .unix: "localhost"
        }
    }
}

/// One HTTP/1.1 connection of a test's own: the bytes that it is given go out, replies come back.
///
/// Nothing blocks a thread, and nothing waits longer than `limit`.
final class WebConnection {
    /// For a reply, a connect, or for the other side to take bytes.
    static let limit: Duration = .seconds(20)

    let place: Place
    private let descriptor: Int32
    private var received: [UInt8] = []
    private var hasEnded = false

    /// Connects to `place`, from the loopback address `source` if there is one.
    init(to place: Place, from source: String? = nil) async throws {
        self.place = place
        let (family, address): (Int32, [UInt8]) =
            switch place {
            case .tcp(let host, let port): (AF_INET, try Self.address(host, port))
            case .unix(let path): (AF_UNIX, try Self.address(path))
            }
        let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        descriptor = socket(family, Int32(kind), 0)
        guard descriptor >= 0 else { throw FixtureError("no socket: \(errno)") }
        if let source {
            let bound = Self.with(try Self.address(source, 0)) { bind(descriptor, $0, $1) }
            guard bound == 0 else { throw FixtureError("cannot use '\(source)': \(errno)") }
        }
        let result = Self.with(address) { connect(descriptor, $0, $1) }
        guard result == 0 || errno == EINPROGRESS else {
            throw FixtureError("cannot connect to '\(place)': \(errno)")
        }
        try await wait(for: POLLOUT)
        var failure: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &failure, &size)
        guard failure == 0 else { throw FixtureError("cannot connect to '\(place)': \(failure)") }
    }

    deinit {
        close(descriptor)
    }

    /// Sends a request and reads its reply.
    ///
    /// `Host` and `Content-Length` are added unless `fields` has them or says how else the body
    /// is framed.
    func ask(
        _ method: String, _ target: String, _ fields: [(String, String)] = [],
        body: [UInt8]? = nil
    ) async throws -> Reply {
        let names = Set(fields.map { $0.0.lowercased() })
        var lines = ["\(method) \(target) HTTP/1.1"]
        if !names.contains("host") { lines.append("Host: \(place.host)") }
        lines += fields.map { "\($0.0): \($0.1)" }
        if let body, names.isDisjoint(with: ["content-length", "transfer-encoding"]) {
            lines.append("Content-Length: \(body.count)")
        }
        let head = lines.map { $0 + "\r\n" }.joined() + "\r\n"
        await send(Array(head.utf8) + (body ?? []))
        return try await reply(to: method)
    }

    /// Sends `bytes`; stops when the other side takes no more, which its reply explains.
    func send(_ bytes: [UInt8]) async {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else {
                // What goes wrong here shows in the reply, or in that there is none.
                guard errno == EAGAIN, (try? await wait(for: POLLOUT)) != nil else { return }
            }
        }
    }

    /// Says that nothing more will be sent.
    func endSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Reads the reply to a request with `method`; interim ones (1xx) are in its `interim`.
    func reply(to method: String = "GET") async throws -> Reply {
        var interim: [Int] = []
        while true {
            var reply = try Reply(head: try await line(through: Array("\r\n\r\n".utf8)))
            if (100..<200).contains(reply.status) {
                interim.append(reply.status)
                continue
            }
            reply.interim = interim
            if method != "HEAD", ![204, 304].contains(reply.status) {
                reply.body = try await body(of: reply)
            }
            return reply
        }
    }

    /// Whether the other side closes the connection within the limit, sending nothing before.
    func isClosedByServer() async throws -> Bool {
        try await fill() == false && received.isEmpty
    }

    private func body(of reply: Reply) async throws -> [UInt8] {
        if reply["Transfer-Encoding"]?.lowercased() == "chunked" { return try await chunks() }
        if let length = reply["Content-Length"].flatMap({ Int($0) }) {
            return try await bytes(length)
        }
        while try await fill() {}
        defer { received = [] }
        return received
    }

    private func chunks() async throws -> [UInt8] {
        var body: [UInt8] = []
        while true {
            let text = String(decoding: try await line(through: [13, 10]), as: UTF8.self)
            let digits = text.prefix { $0.isHexDigit }
            guard let size = Int(digits, radix: 16) else { throw FixtureError("no chunk: \(text)") }
            body += try await bytes(size)
            _ = try await bytes(2)
            if size == 0 { return body }
        }
    }

    private func bytes(_ count: Int) async throws -> [UInt8] {
        while received.count < count {
            guard try await fill() else { throw FixtureError("the reply was cut short") }
        }
        defer { received.removeFirst(count) }
        return Array(received[..<count])
    }

    private func line(through end: [UInt8]) async throws -> [UInt8] {
        var from = 0
        while true {
            if received.count >= end.count {
                for start in from...(received.count - end.count)
                where received[start] == end[0]
                    && received[start..<(start + end.count)].elementsEqual(end)
                {
                    return try await bytes(start + end.count)
                }
                from = received.count - end.count + 1
            }
            guard try await fill() else { throw FixtureError("the server closed without a reply") }
        }
    }

    /// Reads some bytes; `false` at the end.
    private func fill() async throws -> Bool {
        guard !hasEnded else { return false }
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count > 0 {
                received += chunk[..<count]
                return true
            }
            if count < 0, errno == EAGAIN {
                try await wait(for: POLLIN)
                continue
            }
            // A reset is an end too.
            hasEnded = true
            return false
        }
    }

    private func wait(for event: Int32) async throws {
        _ = try await eventually(within: Self.limit, "'\(place)' to go on") { () -> Bool? in
            var question = pollfd(fd: descriptor, events: Int16(event), revents: 0)
            return poll(&question, 1, 0) > 0 ? true : nil
        }
    }
}

// Addresses, as the kernel wants them.
extension WebConnection {
    fileprivate static func address(_ host: String, _ port: Int) throws -> [UInt8] {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        guard let number = UInt16(exactly: port), inet_pton(AF_INET, host, &address.sin_addr) == 1
        else { throw FixtureError("'\(host)' port \(port) is no address") }
        address.sin_port = number.bigEndian
        return withUnsafeBytes(of: address) { Array($0) }
    }

    fileprivate static func address(_ path: String) throws -> [UInt8] {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count <= 107 else { throw FixtureError("'\(path)' is too long") }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafeBytes(of: address) { Array($0) }
    }

    fileprivate static func with(
        _ address: [UInt8], _ call: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        address.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return -1 }
            return call(start.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
        }
    }

    /// Whether nobody listens at `port` of the loopback address `host`.
    static func isFree(_ host: String, _ port: Int) throws -> Bool {
        let probe = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(probe) }
        return with(try address(host, port)) { bind(probe, $0, $1) } == 0
    }
}
