import NIOCore
import SFSCore
import SFSHTTP
import Testing

@Suite("Several ranges in one response")
struct MultipartRangesTests {
    private static let bytes = ByteBuffer(
        bytes: (0..<100_000).map { UInt8(truncatingIfNeeded: $0) })

    private static func part(_ range: Range<Int64>) throws -> ByteBuffer {
        try #require(Self.bytes.getSlice(at: Int(range.lowerBound), length: range.count))
    }

    private static func collected(_ body: ResponseBody) async throws -> ByteBuffer {
        guard case .stream(_, let stream) = body else { throw SFSError(.internal, "no stream") }
        var whole = ByteBuffer()
        for try await chunk in stream { whole.writeImmutableBuffer(chunk) }
        return whole
    }

    @Test("are written as RFC 9110 wants them, with their exact length")
    func form() async throws {
        let ranges = MultipartRanges(parts: [5..<8, 0..<1], size: 9, mediaType: "text/plain")
        let prefix = "multipart/byteranges; boundary="
        #expect(ranges.contentType.hasPrefix(prefix))
        let boundary = ranges.contentType.dropFirst(prefix.count)
        #expect(boundary.utf8.count == 32)
        let body = ranges.body { range in
            ByteStream(
                ByteBuffer(
                    string: String("abcdefghi".dropFirst(Int(range.lowerBound)).prefix(range.count))
                ))
        }
        let text = String(buffer: try await Self.collected(body))
        #expect(
            text == """
                --\(boundary)\r
                Content-Type: text/plain\r
                Content-Range: bytes 5-7/9\r
                \r
                fgh\r
                --\(boundary)\r
                Content-Type: text/plain\r
                Content-Range: bytes 0-0/9\r
                \r
                a\r
                --\(boundary)--\r

                """)
        #expect(body.length == Int64(text.utf8.count))
        let others = MultipartRanges(parts: [5..<8], size: 9, mediaType: "text/plain")
        #expect(others.contentType != ranges.contentType)
    }

    @Test("are opened one after the other, and only when they are sent")
    func lazy() async throws {
        let opened = Counter()
        let ranges = MultipartRanges(
            parts: [0..<10, 20..<30, 40..<50], size: 100, mediaType: "a/b")
        let body = ranges.body { range in
            #expect(opened.add(1) == Int(range.lowerBound / 20) + 1)
            return ByteStream(try Self.part(range))
        }
        guard case .stream(let length, let stream) = body else {
            Issue.record("no stream")
            return
        }
        #expect(length == ranges.length)
        var chunks = 0
        for try await _ in stream {
            chunks += 1
            // A head and one chunk for each part, then the end.
            #expect(opened.value == min(3, (chunks + 1) / 2))
        }
        #expect(chunks == 7)
    }

    @Test("fail when a part is shorter or longer than its range", arguments: [9, 11])
    func wrongLength(count: Int64) async throws {
        let ranges = MultipartRanges(parts: [0..<10, 20..<30], size: 100, mediaType: "a/b")
        let body = ranges.body { _ in ByteStream(try Self.part(0..<count)) }
        let error = await #expect(throws: SFSError.self) { try await Self.collected(body) }
        #expect(error?.code == .io)
    }

    @Test("arrive whole over a connection")
    func served() async throws {
        let ranges = MultipartRanges(
            parts: [90_000..<100_000, 0..<70_000], size: 100_000, mediaType: "a/b")
        try await RunningServer.with(
            Answer { _, _ in
                HTTPResponse(
                    status: 206, headers: ["Content-Type": ranges.contentType],
                    body: ranges.body { ByteStream(try Self.part($0)) })
            }
        ) { server in
            try await server.withClient { client in
                for _ in 0..<2 {
                    try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                    let response = try client.response()
                    #expect(response.status == 206)
                    #expect(response.header("Content-Length") == "\(ranges.length)")
                    let expected = try [Self.part(90_000..<100_000), Self.part(0..<70_000)]
                    for part in expected {
                        #expect(response.body.firstRange(of: Array(part.readableBytesView)) != nil)
                    }
                }
            }
        }
    }
}
