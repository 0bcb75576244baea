import NIOCore
import SFSCore
import SFSHTTP
import Testing

/// What a test compares of a part.
struct ReadPart: Equatable, CustomStringConvertible {
    var name: String
    var fileName: String?
    var contentType: String?
    var transferEncoding: String?
    var body: [UInt8] = []

    var description: String {
        "\(name) \(fileName ?? "-") \(contentType ?? "-") \(transferEncoding ?? "-"): "
            + String(decoding: body, as: UTF8.self).debugDescription
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    init(_ part: MultipartReader.Part) {
        name = part.name
        fileName = part.fileName
        contentType = part.contentType
        transferEncoding = part.transferEncoding
    }

    init(_ name: String, _ body: String) {
        self.name = name
        self.body = Array(body.utf8)
    }
}

/// A form in a request's body.
struct Form: Sendable {
    var chunks: [ByteBuffer]
    var contentType: String? = "multipart/form-data; boundary=XyZ"
    var partsMaximum = 1000

    init(_ text: String) { chunks = [ByteBuffer(string: text)] }

    /// `bytes`, cut before each of the offsets `cuts`, which are in order.
    init(_ bytes: [UInt8], cutAt cuts: [Int]) {
        let edges = [0] + cuts + [bytes.count]
        chunks = zip(edges, edges.dropFirst()).map { ByteBuffer(bytes: bytes[$0..<$1]) }
    }

    /// A reader; `taken` counts the chunks that it has asked for.
    func reader(taken: Counter = Counter()) throws -> MultipartReader {
        let (rest, chunks) = (Counter(), chunks)
        let stream = AsyncThrowingStream<ByteBuffer, any Error> {
            let number = rest.add(1) - 1
            guard number < chunks.count else { return nil }
            taken.add(1)
            return chunks[number]
        }
        return try MultipartReader(
            ByteStream(stream), contentType: contentType, partsMaximum: partsMaximum)
    }

    /// All parts with all bytes.
    func parts() async throws -> [ReadPart] {
        let reader = try reader()
        var parts: [ReadPart] = []
        while let part = try await reader.next() {
            var read = ReadPart(part)
            for try await chunk in part.body {
                #expect(chunk.readableBytes > 0)
                read.body += chunk.readableBytesView
            }
            parts.append(read)
        }
        return parts
    }

    /// The text of one part.
    static func part(_ fields: String, _ body: String) -> String {
        "--XyZ\r\n\(fields)\r\n\r\n\(body)\r\n"
    }

    static func field(_ name: String, _ body: String) -> String {
        part("Content-Disposition: form-data; name=\"\(name)\"", body)
    }

    static let end = "--XyZ--\r\n"
}

@Suite("A form in parts")
struct MultipartReaderTests {
    @Test("is read with names, file names, types and bytes")
    func form() async throws {
        let text =
            Form.field("hashType", "sha1")
            + Form.part(
                "content-disposition: FORM-DATA; name=file; filename=\"a b.mp4\"\r\n"
                    + "CONTENT-TYPE:video/mp4\r\nContent-Transfer-Encoding: 7bit\r\nX-Other: 1",
                "\0\r\n--XyY\r\n\r\r\n--Xy")
            + Form.field("", "") + Form.end
        let parts = try await Form(text).parts()
        var file = ReadPart("file", "\0\r\n--XyY\r\n\r\r\n--Xy")
        file.fileName = "a b.mp4"
        file.contentType = "video/mp4"
        file.transferEncoding = "7bit"
        #expect(parts == [ReadPart("hashType", "sha1"), file, ReadPart("", "")])
    }

    @Test("has no parts when it has none, and none when it is asked again")
    func empty() async throws {
        let reader = try Form("--XyZ--").reader()
        for _ in 0..<3 {
            let part = try await reader.next()
            #expect(part == nil)
        }
    }

    @Test("may have something before its first boundary and behind its last")
    func junk() async throws {
        let text = "a preamble\r\n--X\r\n" + Form.field("a", "1") + "--XyZ--epilogue\r\n--XyZ\r\n"
        #expect(try await Form(text).parts() == [ReadPart("a", "1")])
        let blanks = "\r\n--XyZ \t\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--XyZ--"
        #expect(try await Form(blanks).parts() == [ReadPart("a", "1")])
        for text in [
            String(repeating: "x", count: 70_000) + "\r\n" + Form.end,
            Form.end + String(repeating: "x", count: 70_000),
        ] {
            let error = await #expect(throws: SFSError.self) { try await Form(text).parts() }
            #expect(error?.code == .protocol)
        }
    }

    /// Bytes in which delimiters nearly begin everywhere, and the parts that they make.
    private static func tricky(
        using random: inout some RandomNumberGenerator
    ) -> (bytes: [UInt8], parts: [ReadPart]) {
        let pieces = ["\r", "\n", "-", "--", "\r\n", "\r\n--", "\r\n--X", "\r\n--Xy", "XyZ", "a"]
        var text = Bool.random(using: &random) ? "" : "\r\n--Xy\r\n"
        var parts: [ReadPart] = []
        for number in 0..<Int.random(in: 0...4, using: &random) {
            var body = ""
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                body += pieces.randomElement(using: &random) ?? ""
            }
            // By chance the whole delimiter may have come about.
            if ("\r\n" + body + "\r\n").utf8.contains(Array("\r\n--XyZ".utf8)) { body = "\r\n--Xy" }
            parts.append(ReadPart("\(number)", body))
            text += Form.field("\(number)", body)
        }
        return (Array((text + Form.end + "\r\n--XyZ").utf8), parts)
    }

    @Test("is the same however it is cut", arguments: 0..<200)
    func cuts(seed: UInt64) async throws {
        var random = SeededNumbers(seed: seed)
        let (bytes, parts) = Self.tricky(using: &random)
        for _ in 0..<20 {
            let count = Int.random(in: 0...bytes.count / 4, using: &random)
            let cuts = (0..<count).map { _ in Int.random(in: 0...bytes.count, using: &random) }
            #expect(try await Form(bytes, cutAt: cuts.sorted()).parts() == parts)
        }
        #expect(try await Form(bytes, cutAt: Array(1..<bytes.count)).parts() == parts)
    }

    @Test("is the same wherever it is cut in two")
    func everyCut() async throws {
        let text =
            Form.field("a", "x\r\n--XyY\r") + Form.field("b", "") + Form.field("c", "\r\n\r\n")
            + Form.end
        let bytes = Array(text.utf8)
        let whole = try await Form(text).parts()
        #expect(whole.map(\.text) == ["x\r\n--XyY\r", "", "\r\n\r\n"])
        for cut in 0...bytes.count {
            #expect(try await Form(bytes, cutAt: [cut]).parts() == whole)
        }
    }

    @Test("goes on with the next part when one is not read, or not to its end")
    func skipped() async throws {
        let file = String(repeating: "x", count: 100_000)
        let text =
            Form.field("a", file) + Form.field("b", file) + Form.field("c", "3") + Form.end
        let cuts = Array(stride(from: 1000, to: 200_000, by: 1000))
        let reader = try Form(Array(text.utf8), cutAt: cuts).reader()
        #expect(try await reader.next()?.name == "a")
        let second = try #require(try await reader.next())
        #expect(second.name == "b")
        for try await chunk in second.body {
            #expect(chunk.readableBytes > 0)
            break
        }
        let third = try #require(try await reader.next())
        let text3 = try await third.text(upTo: 10)
        #expect(text3 == "3")
        #expect(try await reader.next() == nil)
    }

    @Test("does not give the bytes of one part to the reader of another")
    func tooLate() async throws {
        let reader = try Form(Form.field("a", "1") + Form.field("b", "2") + Form.end).reader()
        let first = try #require(try await reader.next())
        let second = try #require(try await reader.next())
        let error = await #expect(throws: SFSError.self) { try await first.text(upTo: 10) }
        #expect(error?.code == .internal)
        #expect(try await second.text(upTo: 10) == "2")
        // It was read.
        #expect(try await second.text(upTo: 10) == "")
        #expect(try await reader.next() == nil)
        let late = await #expect(throws: SFSError.self) { try await second.text(upTo: 10) }
        #expect(late?.code == .internal)
    }

    @Test("asks for a chunk only when it is needed")
    func lazy() async throws {
        let file = String(repeating: "x", count: 10_000)
        let bytes = Array((Form.field("a", file) + Form.end).utf8)
        let taken = Counter()
        let cuts = Array(stride(from: 1000, to: bytes.count, by: 1000))
        let reader = try Form(bytes, cutAt: cuts).reader(taken: taken)
        #expect(taken.value == 0)
        let part = try #require(try await reader.next())
        #expect(taken.value == 1)
        var read = 0
        for try await chunk in part.body {
            read += 1
            #expect(chunk.readableBytes <= 1000)
            #expect(taken.value == read)
        }
        #expect(read == 11)
    }

    @Test("comes over a connection, which goes on behind it")
    func served() async throws {
        let size = 20 << 20
        try await RunningServer.with(
            Answer { request, body in
                let type = request.headers.first("Content-Type")
                let reader = try MultipartReader(body.stream, contentType: type)
                var text = ""
                while let part = try await reader.next() {
                    var count = 0
                    for try await chunk in part.body { count += chunk.readableBytes }
                    text += "\(part.name) \(part.fileName ?? "-") \(count);"
                }
                return .text(text)
            }
        ) { server in
            try await server.withClient { client in
                let head = Form.field("a", "123")
                let file = "--XyZ\r\nContent-Disposition: form-data; name=b; filename=c\r\n\r\n"
                let end = "\r\n" + Form.end
                let length = head.utf8.count + file.utf8.count + size + end.utf8.count
                for _ in 0..<2 {
                    try client.send(
                        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(length)\r\n"
                            + "Content-Type: multipart/form-data; boundary=XyZ\r\n\r\n")
                    try client.send(head + file)
                    try client.send(zeros: size)
                    try client.send(end)
                    #expect(try client.response().text == "a - 3;b c \(size);")
                }
            }
        }
    }
}

/// Numbers that look random and are the same for the same seed (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
