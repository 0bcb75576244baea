import Foundation
import SFSCore
import SFSHTTP
import Testing

@Suite("A request target")
struct RequestTargetTests {
    @Test(
        "is cut into path and query",
        arguments: [
            ("/", "/", nil), ("/a/b", "/a/b", nil), ("/a?", "/a", ""), ("/a?b?c", "/a", "b?c"),
            ("//a", "//a", nil), ("*", "*", nil), ("http://host:1/a?b", "/a", "b"),
            ("HTTPS://host", "/", nil), ("http://host?b", "/", "b"), ("/%2F%00", "/%2F%00", nil),
        ] as [(String, String, String?)])
    func cut(text: String, path: String, query: String?) throws {
        let target = try RequestTarget(parsing: text)
        #expect(target.path == path)
        #expect(target.encodedQuery == query)
    }

    @Test(
        "is nothing else", arguments: ["", "a", "?a", "*a", "/a b", "/a\u{7F}", "/ä", "ftp://a/b"])
    func refused(text: String) {
        let error = #expect(throws: SFSError.self) { try RequestTarget(parsing: text) }
        #expect(error?.code == .protocol)
    }

    @Test("has a query of fields in order")
    func query() throws {
        let target = try RequestTarget(parsing: "/?b=1+2%2B&a=%C3%A4&b&=x&&c=d=e")
        let fields = try target.query().map { "\($0.name):\($0.value)" }
        #expect(fields == ["b:1 2+", "a:ä", "b:", ":x", "c:d=e"])
    }

    @Test(
        "has no query with bad escapes", arguments: ["%", "%1", "%g0", "%0g", "%%41", "%FF", "a=%"])
    func badEscape(query: String) throws {
        let target = try RequestTarget(parsing: "/?\(query)")
        let error = #expect(throws: SFSError.self) { try target.query() }
        #expect(error?.code == .protocol)
    }

    @Test("keeps a plus in its path")
    func plus() throws {
        #expect(try PercentEncoding.decode("a+b%20c") == "a+b c")
    }
}

@Suite("A date")
struct HTTPDateTests {
    @Test(
        "is written as HTTP wants it",
        arguments: [
            (784_111_777_000, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
            (951_782_400_999, "Tue, 29 Feb 2000 00:00:00 GMT"),
        ] as [(Int64, String)])
    func text(milliseconds: Int64, text: String) {
        #expect(HTTPDate.text(Timestamp(milliseconds: milliseconds)) == text)
    }

    @Test(
        "is understood in all three forms",
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777_000),
            ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777_000),
            ("Sun Nov  6 08:49:37 1994", 784_111_777_000),
            ("Sun Nov 06 08:49:37 1994", 784_111_777_000),
            ("Tue Feb 29 00:00:00 2000", 951_782_400_000),
            ("Wed, 31 Dec 1969 23:59:59 GMT", -1000),
            // At most 50 years after 2026.
            ("Wednesday, 01-Jan-76 00:00:00 GMT", 3_345_062_400_000),
            ("Saturday, 01-Jan-77 00:00:00 GMT", 220_924_800_000),
        ] as [(String, Int64)])
    func time(text: String, milliseconds: Int64) throws {
        let now = try #require(Timestamp(parsing: "2026-11-22T00:00:00.000Z"))
        #expect(HTTPDate.time(text, now: now) == Timestamp(milliseconds: milliseconds))
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "Sun,", "GMT", "Sun, GMT", "Sun, 06 Nov 1994 08:49:37", "1994-11-06T08:49:37Z",
            "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 31 Feb 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 6 Nov 1994 08:49:37 GMT",
            "Xyz, 06 Nov 1994 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-1994 08:49:37 GMT", "Sunday, 06-Nov--4 08:49:37 GMT",
            "Sun Nov 6 1994", "Sun Nov 32 08:49:37 1994",
        ])
    func noTime(text: String) {
        #expect(HTTPDate.time(text) == nil)
    }
}

@Suite("Header fields")
struct HeaderFieldsTests {
    @Test("keep their order and do not care about case")
    func order() {
        var headers: HeaderFields = ["A": "1", "b": "2"]
        headers.add("a", "3")
        #expect(headers.first("a") == "1")
        #expect(headers.all("A") == ["1", "3"])
        #expect(headers.contains("B"))
        #expect(headers.map(\.name) == ["A", "b", "a"])
        headers.replace("a", with: "4")
        #expect(headers.all("a") == ["4"])
        headers.remove("B")
        #expect(headers.first("b") == nil)
    }
}
