import SFSCore
import Testing

@Suite("A referrer")
struct ReferrerTests {
    @Test(
        "admits its host, what ends in it after a dot, and nothing that only looks like it",
        arguments: [
            ("https://example.com/page?x=1", true), ("http://www.example.com:8080/", true),
            ("example.com", true), ("//example.com/x", true), ("HTTPS://EXAMPLE.COM", true),
            ("https://example.com./", true), ("https://badexample.com/", false),
            ("https://evil.com/?example.com", false), ("https://evil.com/#example.com", false),
            ("https://example.com@evil.com/", false), ("https://example.com.evil.com/", false),
            ("https://evil.com\\@example.com/", false), ("", false), ("https://", false),
            ("example", false), ("javascript:example.com", false),
        ])
    func admits(referer: String, isAdmitted: Bool) throws {
        #expect(try Referrer(parsing: "Example.com").admits(referer) == isAdmitted)
    }

    @Test("may be an address")
    func addresses() throws {
        #expect(try Referrer(parsing: "[::1]").admits("http://[::1]:8080/page"))
        #expect(try Referrer(parsing: "127.0.0.1").admits("http://127.0.0.1/"))
        #expect(try !Referrer(parsing: "127.0.0.1").admits("http://127.0.0.10/"))
    }

    @Test("is never a pattern", arguments: [".*", "(a+)+$", "*", "", " ", "ex ample.com"])
    func patterns(text: String) throws {
        guard let referrer = try? Referrer(parsing: text) else { return }
        #expect(!referrer.admits("https://example.com/"))
    }
}
