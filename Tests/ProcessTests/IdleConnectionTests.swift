import Foundation
import Glibc
import ProcessFixture
import Testing

@Suite("Connections that wait", .serialized)
struct IdleConnectionTests {
    private static let count = 10_000
    private static let size = 1000

    @Test("are all served, ten thousand at once, and closed when the daemon is told to stop")
    func tenThousand() async throws {
        try allowDescriptors(Self.count + 1000)
        // Room beside the ten thousand for what the cluster says to itself.
        let settings = [
            "http.connectionsMaximum=\(Self.count + 100)", "http.idleTimeout=600s",
        ]
        try await ProcessCluster.with(storesPerZone: 1, settings: settings) { test in
            let path = try test.file("clip", size: Self.size)
            let hash = String(try await test.sfs("put", path).succeeded("put").text.prefix(40))
            let request =
                "GET /v1/contents/\(hash) HTTP/1.1\r\nHost: a\r\n"
                + "Authorization: Bearer \(test.layout.token)\r\n\r\n"
            let port = try #require(URL(string: test.layout.url)?.port)
            let connections = try (0..<Self.count).map { _ in try IdleConnection(port: port) }
            // The second time each of them has waited for all the others.
            for round in 1...2 {
                for connection in connections { try connection.send(request) }
                for connection in connections {
                    let head = try connection.reply(bodySize: Self.size)
                    try #require(head.hasPrefix("HTTP/1.1 200 "), "round \(round): \(head)")
                }
            }
            // Throws when it has not ended in time.
            try await test.cluster.stop()
            #expect(connections.allSatisfy { $0.isClosed })
        }
    }

    /// Lets this process open `count` files; one that it starts gets the same limit.
    private func allowDescriptors(_ count: Int) throws {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        let isKnown = getrlimit(resource, &limit) == 0
        try #require(isKnown)
        try #require(limit.rlim_max >= rlim_t(count), "the hard limit is \(limit.rlim_max) files")
        limit.rlim_cur = max(limit.rlim_cur, rlim_t(count))
        let isSet = setrlimit(resource, &limit) == 0
        try #require(isSet)
    }
}

/// A connection to 127.0.0.1 that is kept open.
private final class IdleConnection {
    private let descriptor: Int32

    init(port: Int) throws {
        // The cluster's programs must not get ten thousand of them.
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        // Nobody waits for ever: not for an answer, and not for the end.
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        let result = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            throw FixtureError("cannot connect: \(String(cString: strerror(errno)))")
        }
    }

    deinit {
        close(descriptor)
    }

    func send(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            throw FixtureError("cannot send: \(String(cString: strerror(errno)))")
        }
    }

    /// Reads one answer with a body of `bodySize` bytes, and gives its head.
    func reply(bodySize: Int) throws -> String {
        var answer: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 8192)
        while true {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count > 0 else {
                throw FixtureError("no answer: \(String(cString: strerror(errno)))")
            }
            answer += chunk[..<count]
            guard answer.count > bodySize else { continue }
            let head = answer.dropLast(bodySize)
            if head.suffix(4) == Array("\r\n\r\n".utf8)[...] {
                return String(decoding: head, as: UTF8.self)
            }
        }
    }

    /// Whether the other side has ended it.
    var isClosed: Bool {
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, 0) == 0
    }
}
