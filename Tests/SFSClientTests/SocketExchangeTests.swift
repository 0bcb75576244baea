import PrismStandIn
import SFSCore
import SFSWire
import Synchronization
import Testing

@testable import SFSClient

@Suite("A question on a Unix socket")
struct SocketExchangeTests {
    private struct Reply: Decodable, Equatable {
        let text: String
    }

    private static let json = #"{"text":"\#(String(repeating: "a", count: 100))"}"#
    private static let expected = Reply(text: String(repeating: "a", count: 100))
    private static let head = "HTTP/1.1 200 OK\r\nContent-Length: \(json.utf8.count)\r\n\r\n"
    private static let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    /// With the length that a chunk begins with.
    private static let chunk = String(json.utf8.count, radix: 16) + "\r\n\(json)\r\n"

    /// What comes of a question that is answered with `pieces`, and the end of the connection.
    private func ask(
        _ pieces: [String], limits: HTTPLimits = HTTPLimits(), isEnded: Bool = true
    ) async throws -> Reply {
        let server = try RawServer(socket: "/tmp/sfs-\(UploadID.random())") { connection in
            guard connection.request() != nil else { return }
            for piece in pieces { connection.send(Array(piece.utf8)) }
            if !isEnded { connection.waitForClose() }
        }
        defer { server.stop() }
        return try await withTransport(to: server.address, limits: limits) { transport in
            try await transport.send(
                HTTPRequestParts(.post, "/q").with(json: ["a": 1]), for: Reply.self)
        }
    }

    private func failure(
        _ pieces: [String], limits: HTTPLimits = HTTPLimits(), isEnded: Bool = true
    ) async throws -> ErrorCode? {
        await #expect(throws: SFSError.self) {
            try await ask(pieces, limits: limits, isEnded: isEnded)
        }?.code
    }

    @Test(
        "is answered with all of the reply, however it comes",
        arguments: [
            [head + json], [head, json], ["HTTP/1.1 103 Hints\r\n\r\n", head + json],
            (head + json).map { String($0) }, [chunked + chunk + "0\r\n\r\n"],
            [chunked, chunk, "0\r\nTrailer: 1\r\n", "\r\n"],
        ])
    func replies(pieces: [String]) async throws {
        #expect(try await ask(pieces, isEnded: false) == Self.expected)
    }

    @Test(
        "is not answered by a reply that is cut",
        arguments: [
            [], ["HTTP/1.1 2"], [head], [head + json.dropLast()], [chunked + chunk],
            [chunked + chunk.dropLast(3)],
        ])
    func cut(pieces: [String]) async throws {
        #expect(try await failure(pieces) == .unavailable)
    }

    @Test(
        "is not answered by what is not HTTP",
        arguments: [
            "hello\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5x\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", head + json + "more",
            head + "no JSON".padding,
        ])
    func senseless(piece: String) async throws {
        #expect(try await failure([piece]) == .protocol)
    }

    @Test("is not answered by more than is allowed, whether that is said before or not")
    func tooLong() async throws {
        var limits = HTTPLimits()
        limits.messageBytesMaximum = Self.json.utf8.count
        #expect(try await ask([Self.head + Self.json], limits: limits) == Self.expected)
        limits.messageBytesMaximum -= 1
        for pieces in [[Self.head + Self.json], [Self.chunked + Self.chunk + "0\r\n\r\n"]] {
            #expect(try await failure(pieces, limits: limits, isEnded: false) == .protocol)
        }
        let fields = (0..<20_000).map { "Field-\($0): value\r\n" }
        #expect(try await failure(["HTTP/1.1 200 OK\r\n"] + fields, isEnded: false) == .protocol)
    }

    @Test("waits for a reply and for its rest no longer than it may", arguments: [[], [head]])
    func slow(pieces: [String]) async throws {
        var limits = HTTPLimits()
        limits.stallTimeout = .milliseconds(50)
        #expect(try await failure(pieces, limits: limits, isEnded: false) == .timeout)
    }

    @Test("hears what was said before all of it was read")
    func early() async throws {
        let body = try JSON.encode(ErrorMessage(SFSError(.tooLarge, "too many")))
        let server = try RawServer(socket: "/tmp/sfs-\(UploadID.random())") { connection in
            _ = connection.head()
            connection.reply(413, [:], body)
        }
        defer { server.stop() }
        let hashes = [ContentHash](
            repeating: try ContentHash(bytes: [UInt8](repeating: 1, count: 20)), count: 10_000)
        let error = await #expect(throws: SFSError.self) {
            try await withTransport(to: server.address) {
                _ = try await PrismClient($0).exists(hashes)
            }
        }
        #expect(error?.code == .tooLarge)
        #expect(error?.message == "too many")
    }

    @Test("ends at once when it is cancelled")
    func cancelled() async throws {
        let isAsked = AsyncStream<Void>.makeStream()
        let server = try RawServer(socket: "/tmp/sfs-\(UploadID.random())") { connection in
            _ = connection.request()
            isAsked.continuation.yield()
            connection.waitForClose()
        }
        defer { server.stop() }
        await #expect(throws: CancellationError.self) {
            try await withTransport(to: server.address) { transport in
                try await withThrowingTaskGroup { group in
                    group.addTask {
                        _ = try await transport.send(HTTPRequestParts(.get, "/q"), for: Reply.self)
                    }
                    for await _ in isAsked.stream { break }
                    group.cancelAll()
                    try await group.waitForAll()
                }
            }
        }
    }

    @Test("goes over connections that stay when it is one of many")
    func many() async throws {
        let connections = Atomic(0)
        let heads = Seen<RawRequest>()
        let server = try RawServer(socket: "/tmp/sfs-\(UploadID.random())") { connection in
            connections.add(1, ordering: .relaxed)
            while let request = connection.request() {
                heads.add(request)
                connection.reply(200, json: Self.json)
                if request.headers["connection"] == "close" { return }
            }
        }
        defer { server.stop() }
        try await withTransport(to: server.address, token: "secret") { transport in
            for _ in 0..<10 {
                let reply = try await transport.send(
                    HTTPRequestParts(.post, "/q"), for: Reply.self)
                #expect(reply == Self.expected)
            }
        }
        #expect(connections.load(ordering: .relaxed) == 5)
        #expect(heads.all.count == 10)
        for head in heads.all {
            #expect(head.headers["host"] == "localhost")
            #expect(head.headers["authorization"] == "Bearer secret")
            #expect(head.headers["content-length"] == "0")
        }
    }
}

extension String {
    /// Made as long as the reply that its head promises.
    fileprivate var padding: String { self + String(repeating: " ", count: 111 - utf8.count) }
}
