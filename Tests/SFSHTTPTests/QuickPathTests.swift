import Glibc
import NIOCore
import SFSCore
import SFSHTTP
import Synchronization
import Testing

/// Requests that are answered on the event loop, and those that are not.
@Suite("The quick path", .serialized)
struct QuickPathTests {
    private static let simple = "GET /file/a HTTP/1.1\r\nHost: x\r\n"

    /// Asks once more on the connection of `client`, and expects all bytes of `file`.
    private static func expectWhole(_ file: PreparedFile, by client: RawClient) throws {
        try client.send("\(simple)\r\n")
        #expect(try client.response().body == file.bytes)
    }

    @Test(
        "answers the simplest requests",
        arguments: [
            "\(simple)\r\n", "GET /file/a?b=c%20d HTTP/1.1\r\nHOST:x\r\n\r\n",
            "\(simple)User-Agent: curl/8\r\nAccept: */*\r\nConnection: Keep-Alive\r\n\r\n",
            "\(simple)Referer: http://a/\r\nOrigin: http://a\r\nSec-Fetch-Mode: cors\r\n\r\n",
            "\(simple)Range: bytes=0-\r\n\r\n", "\(simple)Range: bytes=10-99999\r\n\r\n",
            "\(simple)Range:  bytes=-700 \t\r\n\r\n", "\(simple)range: BYTES=0-999999999\r\n\r\n",
            "HEAD /file/a HTTP/1.1\r\nHost: x\r\n\r\n",
            "HEAD /file/a HTTP/1.1\r\nHost: x\r\nRange: bytes=0-1\r\n\r\n",
        ], [true, false])
    func simplest(request: String, isInMemory: Bool) async throws {
        let file = PreparedFile(size: 200_000, isInMemory: isInMemory)
        let plain = PreparedFile(size: 200_000, preparesReplies: false)
        let got = try await Self.ask(file, request)
        let expected = try await Self.ask(plain, request)
        #expect(got.status == expected.status && got.body == expected.body)
        #expect(got.names == expected.names)
        #expect(got.header("Content-Range") == expected.header("Content-Range"))
        #expect(got.header("Content-Length") == expected.header("Content-Length"))
        #expect(file.answered.value == 0 && file.prepared.value == 1)
    }

    @Test(
        "leaves everything else to the parser",
        arguments: [
            "\(simple)If-None-Match: \"x\"\r\n\r\n", "\(simple)If-Range: \"x\"\r\n\r\n",
            "\(simple)Range: bytes=0-1,3-4\r\n\r\n", "\(simple)Range: bytes=200000-\r\n\r\n",
            "\(simple)Range: bytes=9-1\r\n\r\n", "\(simple)Range: lines=0-1\r\n\r\n",
            "\(simple)Range: bytes=0-1\r\nRange: bytes=0-1\r\n\r\n",
            "\(simple)Content-Length: 0\r\n\r\n", "\(simple)Connection: close\r\n\r\n",
            "\(simple)Authorization: Basic eDp5\r\n\r\n", "\(simple)X-Other: a\r\n\r\n",
            "GET http://x/file/a HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /file/a HTTP/1.0\r\nHost: x\r\n\r\n", "POST /file/a HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /other HTTP/1.1\r\nHost: x\r\n\r\n",
        ])
    func others(request: String) async throws {
        let file = PreparedFile(size: 200_000)
        _ = try await Self.ask(file, request)
        #expect(file.answered.value == 1)
    }

    @Test("answers requests that come together in their order, then what else comes")
    func pipeline() async throws {
        let file = PreparedFile(size: 3000)
        try await RunningServer.with(file) { server in
            try await server.withClient { client in
                let ranges = (0..<500).map { "\(Self.simple)Range: bytes=\($0)-\($0)\r\n\r\n" }
                try client.send(ranges.joined() + "GET /x HTTP/1.1\r\nHost: x\r\n\r\n")
                for index in 0..<500 {
                    #expect(try client.response().body == [file.bytes[index]])
                }
                #expect(try client.response().text == "GET /x")
                // From then on the connection goes the long way, and goes on.
                try client.send(ranges[7])
                #expect(try client.response().body == [file.bytes[7]])
            }
        }
        #expect(file.answered.value == 2)
    }

    @Test("takes a request that comes byte by byte, and one whose rest takes its time")
    func pieces() async throws {
        let file = PreparedFile(size: 3000)
        try await RunningServer.with(file) { server in
            try await server.withClient { client in
                for byte in "\(Self.simple)\r\n".utf8 { try client.send([byte]) }
                #expect(try client.response().body == file.bytes)
                try client.send(Self.simple)
                usleep(1_500_000)
                try client.send("\r\n")
                #expect(try client.response().body == file.bytes)
                #expect(file.answered.value == 1)
            }
        }
    }

    @Test("sends large files whole, to a client that is slow too", arguments: [true, false])
    func large(isSlow: Bool) async throws {
        let file = PreparedFile(size: 5 << 20)
        try await RunningServer.with(file) { server in
            try await server.withClient { client in
                if isSlow { client.receivesLittle() }
                for _ in 0..<3 {
                    try client.send("\(Self.simple)\r\n")
                    if isSlow { usleep(300_000) }
                    #expect(try client.response().body == file.bytes)
                }
                try client.send("\(Self.simple)Range: bytes=1048575-4000000\r\n\r\n")
                #expect(try client.response().body == Array(file.bytes[1_048_575...4_000_000]))
            }
        }
        #expect(file.answered.value == 0)
    }

    @Test("goes on with bytes from elsewhere where those at hand turn out bad")
    func elsewhere() async throws {
        let file = PreparedFile(size: 2 << 20, fault: .bad(from: 1_500_000))
        let got = try await Self.ask(file, "\(Self.simple)\r\n")
        #expect(got.body == file.bytes)
    }

    @Test("cuts the connection where there are no good bytes, and makes none up")
    func lost() async throws {
        let file = PreparedFile(size: 2 << 20, fault: .lost(from: 1_500_000))
        let text = try await RunningServer.with(file) { server in
            try await server.withClient { client in
                try client.send("\(Self.simple)\r\n")
                var bytes: [UInt8] = []
                while let more = try? client.receive(), !more.isEmpty { bytes += more }
                return bytes
            }
        }
        let start = try #require(text.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound)
        let body = text[start...]
        #expect(body.count < 1_500_000 && Array(body) == Array(file.bytes[..<body.count]))
    }

    @Test("cuts the connection when somebody cuts the file meanwhile", arguments: [1, 4, 7])
    func cut(megabytes: Int) async throws {
        let file = PreparedFile(size: 8 << 20)
        let count = try await RunningServer.with(file) { server in
            try await server.withClient { client in
                client.receivesLittle()
                try client.send("\(Self.simple)\r\n")
                usleep(300_000)
                // The head is there; of the rest most is not sent yet.
                file.cut(to: megabytes << 20 | 1000)
                var count = 0
                while let more = try? client.receive(), !more.isEmpty { count += more.count }
                return count
            }
        }
        #expect(count > 0 && count < file.bytes.count)
    }

    @Test("does not begin with a file that is too short")
    func shortFile() async throws {
        try await TemporaryFile.with([1, 2, 3]) { path in
            let error = #expect(throws: SFSError.self) {
                try FileSlice(takingOwnershipOf: open(path, O_RDONLY), offset: 1, count: 3)
            }
            #expect(error?.code == .io)
            #expect(openFiles(path) == 0)
        }
    }

    @Test("prepares again what is current no more, and refuses nobody by itself")
    func changes() async throws {
        let file = PreparedFile(size: 3000)
        try await RunningServer.with(file) { server in
            try await server.withClient { client in
                try Self.expectWhole(file, by: client)
                try Self.expectWhole(file, by: client)
                #expect(file.prepared.value == 1)
                file.isCurrent.store(false, ordering: .relaxed)
                try Self.expectWhole(file, by: client)
                #expect(file.prepared.value == 2 && file.answered.value == 0)
                file.isRefused.store(true, ordering: .relaxed)
                try Self.expectWhole(file, by: client)
                #expect(file.answered.value == 1)
            }
        }
    }

    @Test("prepares again what is some seconds old, while it goes on sending it")
    func renewal() async throws {
        let file = PreparedFile(size: 3000)
        try await RunningServer.with(file) { server in
            try await server.withClient { client in
                try Self.expectWhole(file, by: client)
                usleep(5_100_000)
                #expect(file.prepared.value == 1)
                try Self.expectWhole(file, by: client)
            }
            #expect(try await eventually { file.prepared.value == 2 })
            #expect(file.answered.value == 0)
        }
    }

    @Test("tells what it sent")
    func counting() async throws {
        let file = PreparedFile(size: 3000)
        try await RunningServer.with(file) { server in
            try await server.withClient { client in
                for header in ["", "Range: bytes=0-99\r\n", "Range: bytes=-1\r\n"] {
                    try client.send("\(Self.simple)\(header)\r\n")
                    _ = try client.response()
                }
                try client.send("HEAD /file/a HTTP/1.1\r\nHost: x\r\n\r\n")
                _ = try client.response(toHEAD: true)
            }
            let isTold = try await eventually { file.told.withLock { $0 == (3, 3101) } }
            #expect(isTold)
        }
    }

    private struct Got {
        let response: RawClient.Response

        var status: Int { response.status }
        var body: [UInt8] { response.body }
        var names: [String] { response.headers.map { $0.name.lowercased() }.sorted() }

        func header(_ name: String) -> String? { response.header(name) }
    }

    private static func ask(_ handler: PreparedFile, _ request: String) async throws -> Got {
        try await RunningServer.with(handler) { server in
            try await server.withClient { client in
                try client.send(request)
                return Got(response: try client.response(toHEAD: request.hasPrefix("HEAD")))
            }
        }
    }
}
