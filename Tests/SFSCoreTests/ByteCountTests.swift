import SFSCore
import Testing

@Suite("A byte count")
struct ByteCountTests {
    @Test(
        "reads units",
        arguments: [
            ("0", 0), ("123", 123), ("10kB", 10_000), ("64MiB", 64 << 20), ("64 MiB", 64 << 20),
            ("1.5GiB", 3 << 29), ("2T", 2_000_000_000_000), ("1ki", 1024),
        ] as [(String, Int64)])
    func parsing(text: String, bytes: Int64) throws {
        #expect(try ByteCount(parsing: text).bytes == bytes)
    }

    @Test(
        "refuses what is not a size", arguments: ["", "x", "-1", "1.2.3", "5 parsecs", "9999999T"])
    func refusals(text: String) throws {
        let error = try #require(throws: SFSError.self) { try ByteCount(parsing: text) }
        #expect(error.code == .usage)
    }

    @Test(
        "prints for people",
        arguments: [(0, "0 B"), (1023, "1023 B"), (1536, "1.5 KiB"), (64 << 20, "64.0 MiB")]
            as [(Int64, String)])
    func printing(bytes: Int64, text: String) {
        #expect(ByteCount(bytes).description == text)
    }
}
