import Glibc
import Synchronization

/// One request as it came.
package struct RawRequest: Sendable {
    package var method = ""
    /// Path and query.
    package var target = ""
    /// Names in lower case.
    package var headers: [String: String] = [:]
    package var body: [UInt8] = []

    /// The path alone.
    package var path: String { String(target.prefix { $0 != "?" }) }

    /// The value of a query item, still percent-encoded.
    package func query(_ name: String) -> String? {
        let pairs = target.split(separator: "?").dropFirst().first?.split(separator: "&") ?? []
        return pairs.first { $0.hasPrefix("\(name)=") }.map { String($0.dropFirst(name.count + 1)) }
    }
}

/// One connection to a `RawServer`, used by one thread.
package final class RawConnection: Sendable {
    private let descriptor: Mutex<Int32>
    private let received = Mutex<[UInt8]>([])

    init(_ descriptor: Int32) {
        self.descriptor = Mutex(descriptor)
    }

    /// The next request without its body; `nil` when the client has closed.
    package func head() -> RawRequest? {
        let end = Array("\r\n\r\n".utf8)
        while true {
            let text = received.withLock { received -> String? in
                let found = received.indices.first { received[$0...].starts(with: end) }
                guard let found else { return nil }
                defer { received.removeSubrange(..<(found + 4)) }
                return String(decoding: received[..<found], as: UTF8.self)
            }
            if let text { return Self.parse(text) }
            guard receive() else { return nil }
        }
    }

    /// The next request with all of its body; `nil` when the client has closed before its end.
    package func request() -> RawRequest? {
        guard var request = head(), let body = body(of: request) else { return nil }
        request.body = body
        return request
    }

    /// The body that follows `head`; `nil` when the client has closed before its end.
    package func body(of head: RawRequest) -> [UInt8]? {
        if let length = head.headers["content-length"].flatMap({ Int($0) }) { return bytes(length) }
        guard head.headers["transfer-encoding"] == "chunked" else { return [] }
        var body: [UInt8] = []
        while let size = line().flatMap({ Int($0, radix: 16) }), let chunk = bytes(size + 2) {
            if size == 0 { return body }
            body += chunk.dropLast(2)
        }
        return nil
    }

    /// Exactly `count` more bytes.
    package func bytes(_ count: Int) -> [UInt8]? {
        while received.withLock({ $0.count }) < count {
            guard receive() else { return nil }
        }
        return received.withLock { received in
            defer { received.removeFirst(count) }
            return Array(received[..<count])
        }
    }

    /// Sends a complete reply.
    package func reply(
        _ status: Int, _ headers: [String: String] = [:], _ body: [UInt8] = []
    ) {
        var headers = headers
        headers["Content-Length"] = headers["Content-Length"] ?? "\(body.count)"
        let lines = headers.map { "\($0.key): \($0.value)\r\n" }.joined()
        send(Array("HTTP/1.1 \(status) Status\r\n\(lines)\r\n".utf8) + body)
    }

    /// Sends a complete reply with JSON as its body.
    package func reply(_ status: Int, json: String) {
        reply(status, ["Content-Type": "application/json"], Array(json.utf8))
    }

    /// Sends bytes as they are.
    package func send(_ bytes: [UInt8]) {
        let descriptor = descriptor.withLock { $0 }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Waits until the client closes.
    package func waitForClose() {
        while receive() {
            received.withLock { $0 = [] }
        }
    }

    /// Ends the connection for both sides, also under a thread that reads from it.
    package func cut() {
        descriptor.withLock { descriptor in
            if descriptor >= 0 { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    /// Ends the connection with a reset, not an orderly end.
    package func reset() {
        descriptor.withLock { descriptor in
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(
                descriptor, SOL_SOCKET, SO_LINGER, &linger,
                socklen_t(MemoryLayout.size(ofValue: linger)))
        }
        close()
    }

    func close() {
        descriptor.withLock { descriptor in
            if descriptor >= 0 { _ = Glibc.close(descriptor) }
            descriptor = -1
        }
    }

    private func line() -> String? {
        while true {
            let line = received.withLock { received -> String? in
                guard let end = received.firstIndex(of: 10) else { return nil }
                defer { received.removeSubrange(...end) }
                return String(decoding: received[..<(end - 1)], as: UTF8.self)
            }
            if let line { return line }
            guard receive() else { return nil }
        }
    }

    private func receive() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 256 << 10)
        let descriptor = descriptor.withLock { $0 }
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return false }
        received.withLock { $0 += buffer[..<count] }
        return true
    }

    private static func parse(_ text: String) -> RawRequest {
        let lines = text.split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        var request = RawRequest()
        request.method = words.first.map(String.init) ?? ""
        request.target = words.dropFirst().first.map(String.init) ?? ""
        for line in lines.dropFirst() {
            let sides = line.split(separator: ":", maxSplits: 1)
            guard sides.count == 2 else { continue }
            request.headers[sides[0].lowercased()] = String(sides[1].drop { $0 == " " })
        }
        return request
    }
}
