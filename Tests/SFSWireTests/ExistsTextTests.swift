import SFSCore
import SFSWire
import Testing

@Suite("The question for many contents")
struct ExistsTextTests {
    private func scan(_ text: String) -> ExistsRequest? {
        Array(text.utf8).withUnsafeBytes { ExistsRequest(scanning: $0) }
    }

    private static let hash = "0123456789abcdef0123456789ABCDEF01234567"

    @Test(
        "is read as a general decoder reads it",
        arguments: [
            #"{"hashes":[]}"#, #" { "hashes" : [ "\#(hash)" ] } "#,
            "{\"hashes\":[\n\"\(hash)\",\t\"\(String(repeating: "f", count: 128))\"]}\r\n",
        ])
    func same(text: String) throws {
        #expect(try scan(text) == JSON.decode(ExistsRequest.self, from: text.utf8))
    }

    @Test(
        "is left to it when it is anything else",
        arguments: [
            "", "{", "[]", #"{"hashes":["\#(hash)"]"#, #"{"hashes":["\#(hash)",]}"#,
            #"{"hashes":["\#(hash)"]}x"#, #"{"hashes":["0123"]}"#, #"{"hashes":["\u0030"]}"#,
            #"{"hashes":[],"more":1}"#, #"{"hashes":["\#(hash)"#, #"{"hashes":[1]}"#,
        ])
    func others(text: String) {
        #expect(scan(text) == nil)
    }

    @Test("is answered with the bytes that a general encoder gives")
    func answer() throws {
        let powers = (0..<19).map { Int64("1" + String(repeating: "0", count: $0)) ?? 0 }
        let sizes = [0, 9, 4096, .max, -1, .min] + powers + powers.map { $0 - 1 }
        let entries = try sizes.map { size in
            (size != 0, Int(size.magnitude % 3), size)
        }.map { exists, copies, size in
            ExistsReply.Entry(
                hash: try ContentHash(parsing: Self.hash), exists: exists, copies: copies,
                size: size)
        }
        for reply in [ExistsReply(contents: []), ExistsReply(contents: entries)] {
            #expect(try reply.text == JSON.encode(reply))
        }
    }
}
