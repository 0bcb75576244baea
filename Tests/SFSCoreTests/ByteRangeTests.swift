import SFSCore
import Testing

@Suite("A byte range")
struct ByteRangeTests {
    @Test(
        "finds its offsets in a content",
        arguments: [
            ("0-99", 1000, 0..<100), ("900-", 1000, 900..<1000), ("-5", 1000, 995..<1000),
            ("-5000", 1000, 0..<1000), ("990-2000", 1000, 990..<1000), ("0-0", 1, 0..<1),
            ("0-9223372036854775807", 10, 0..<10),
        ] as [(String, Int64, Range<Int64>)])
    func offsets(text: String, size: Int64, expected: Range<Int64>) throws {
        let range = try #require(ByteRange(parsing: text))
        #expect(range.offsets(in: size) == expected)
    }

    @Test(
        "has no offsets beyond the end",
        arguments: [("1000-", 1000), ("-0", 10), ("0-", 0), ("-1", 0)])
    func unsatisfiable(text: String, size: Int64) throws {
        let range = try #require(ByteRange(parsing: text))
        #expect(range.offsets(in: size) == nil)
    }

    @Test(
        "refuses what is not one range",
        arguments: ["", "-", "5-2", "a-b", "1-2,3-4", " 1-2", "1 -2", "+1-2", "--2", "1-2-3", "1"])
    func refusals(text: String) {
        #expect(ByteRange(parsing: text) == nil)
    }

    @Test("prints what it parses", arguments: ["0-99", "100-", "-5"])
    func roundTrip(text: String) throws {
        #expect(try #require(ByteRange(parsing: text)).text == text)
    }
}
