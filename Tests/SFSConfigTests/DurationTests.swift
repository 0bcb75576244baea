import SFSCore
import Testing

@testable import SFSConfig

@Suite("A duration")
struct DurationTests {
    @Test(
        "reads a whole number with a unit",
        arguments: [
            ("500ms", .milliseconds(500)), ("30s", .seconds(30)), ("15m", .seconds(900)),
            ("24h", .seconds(86_400)), ("7d", .seconds(604_800)), ("0s", .zero),
        ] as [(String, Duration)])
    func reads(text: String, expected: Duration) throws {
        #expect(try Duration(parsing: text) == expected)
    }

    @Test(
        "refuses what has no unit, no number, or no end",
        arguments: [
            "", "30", "s", "1.5s", "-1s", "30 s", "30S", "1y", "99999999999999999999s", "3651d",
        ])
    func refuses(text: String) throws {
        let error = try #require(throws: SFSError.self) { try Duration(parsing: text) }
        #expect(error.code == .usage)
        #expect(error.message.contains("'\(text)'"))
    }

    @Test("prints so that it reads back", arguments: ["500ms", "30s", "15m", "1d", "36h", "0s"])
    func prints(text: String) throws {
        #expect(try Duration(parsing: text).settingText == text)
    }
}
