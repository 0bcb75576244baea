import SFSCore
import Testing

@testable import SFSClient

@Suite("An address")
struct HTTPAddressTests {
    @Test("is a socket when it is an absolute path")
    func socket() throws {
        #expect(try HTTPAddress(parsing: "/run/x.sock") == .socket(path: "/run/x.sock"))
    }

    @Test(
        "is a URL otherwise, without the slash at its end",
        arguments: ["http://h:1", "http://h:1/"])
    func url(text: String) throws {
        #expect(try HTTPAddress(parsing: text) == .url("http://h:1"))
    }

    @Test(
        "refuses what is neither",
        arguments: ["", "h:1", "ftp://h", "http://", "http://h/path", "http://h?x", "http://a b"])
    func nonsense(text: String) throws {
        let error = try #require(throws: SFSError.self) { try HTTPAddress(parsing: text) }
        #expect(error.code == .usage)
    }

    @Test("refuses a path that no socket can have")
    func longPath() throws {
        let fitting = "/" + String(repeating: "x", count: 106)
        #expect(throws: Never.self) { try HTTPAddress(parsing: fitting) }
        let error = try #require(throws: SFSError.self) { try HTTPAddress(parsing: fitting + "x") }
        #expect(error.code == .usage)
    }

    @Test("takes IPv6 and upper case")
    func variants() throws {
        #expect(try HTTPAddress(parsing: "HTTPS://[::1]:443") == .url("HTTPS://[::1]:443"))
    }
}

@Suite("Percent-encoding")
struct PercentEncodingTests {
    @Test("leaves only unreserved bytes as they are")
    func encode() {
        #expect(PercentEncoding.encode("a/B-~ ü\u{1}") == "a%2FB-~%20%C3%BC%01")
    }

    @Test("makes a query of the items that have a value")
    func query() {
        #expect(PercentEncoding.query([("a", "1"), ("b", nil), ("c", "x/y")]) == "?a=1&c=x%2Fy")
        #expect(PercentEncoding.query([("b", nil)]) == "")
    }
}

@Suite("A content range")
struct ContentRangeTests {
    @Test("is read from the header")
    func parse() throws {
        let range = try #require(ContentRange(parsing: "bytes 0-99/1234"))
        #expect(range.offsets == 0..<100)
        #expect(range.size == 1234)
    }

    @Test(
        "refuses nonsense",
        arguments: [
            "", "bytes", "bytes 0-99", "bytes 0-99/*", "bytes */12", "bytes 5-12/12",
            "bytes 9-0/12", "items 0-9/12", "bytes 0-9/12/3",
        ])
    func nonsense(text: String) {
        #expect(ContentRange(parsing: text) == nil)
    }
}
