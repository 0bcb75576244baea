import SFSCore
import SFSFetch
import Testing

@Suite("A fetch for a stranger")
struct FetchSafetyTests {
    @Test(
        "reaches no address of this machine or its networks, however it is written",
        arguments: [
            "127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1", "0",
            "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "127.0.0.2",
            "LOCALHOST", "%31%32%37.0.0.1", "①②⑦.0.0.1",
        ])
    func ownAddresses(host: String) async throws {
        let notes = Notes()
        try await WebServer.run { exchange in
            notes.add(exchange.request)
            try await exchange.answer("secret")
        } _: { port in
            let fetcher = try FetchFixture.fetcher(allowed: [])
            let failure = await fetcher.failure("http://\(host):\(port)/")
            #expect(failure?.code == .denied, "\(host): \(failure?.message ?? "")")
            #expect(notes.all.isEmpty)
        }
    }

    @Test(
        "is refused alike for every such address, so that nothing can be learnt from it",
        arguments: ["127.0.0.1:1", "169.254.169.254", "10.0.0.1", "192.168.1.1:8080", "[fe80::1]"])
    func alike(authority: String) async throws {
        let failure = try await FetchFixture.fetcher(allowed: []).failure("http://\(authority)/")
        #expect(failure?.code == .denied)
        #expect(failure?.message.contains("may not be fetched") == true)
        #expect(failure?.message.contains(authority) == false)
    }

    @Test("reaches what an operator allowed, by name and by address")
    func allowed() async throws {
        try await WebServer.run {
            try await $0.answer("inside")
        } _: { port in
            let fetcher = try FetchFixture.fetcher(allowed: ["127.0.0.0/8", "::1"])
            for host in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"] {
                let text = try await fetcher.text("http://\(host):\(port)/")
                #expect(text == "inside", "\(host)")
            }
        }
    }

    @Test("follows redirects as far as it may, and keeps secrets from other hosts")
    func redirects() async throws {
        let notes = Notes()
        try await WebServer.run(host: "127.0.0.2") { exchange in
            notes.add(exchange.request)
            try await exchange.answer("other")
        } _: { other in
            try await WebServer.run { exchange in
                let step = Int(exchange.target.dropFirst()) ?? 0
                if step == 0 {
                    try await exchange.redirect(to: "http://127.0.0.2:\(other)/end.txt")
                } else {
                    try await exchange.redirect(to: "/\(step - 1)")
                }
            } _: { port in
                let fetcher = try FetchFixture.fetcher(allowed: ["127.0.0.0/30"])
                let headers = [("Authorization", "Basic abc"), ("Cookie", "a=b")]
                let request = FetchRequest(url: "http://127.0.0.1:\(port)/4", headers: headers)
                let name = try await fetcher.fetch(request) { $0.fileName }
                #expect(name == "end.txt")
                let seen = try #require(notes.all.first)
                #expect(!seen.contains("abc") && !seen.contains("Cookie"))
                let failure = await fetcher.failure("http://127.0.0.1:\(port)/5")
                #expect(failure?.code == .usage)
                #expect(notes.all.count == 1)
            }
        }
    }

    @Test("is not led into a refused address by a redirect")
    func redirectedInside() async throws {
        let notes = Notes()
        try await WebServer.run(host: "127.0.0.2") { exchange in
            notes.add(exchange.request)
            try await exchange.answer("secret")
        } _: { inside in
            try await WebServer.run { exchange in
                try await exchange.redirect(
                    to: "http://127.0.0.2:\(inside)/", status: "307 Temporary Redirect")
            } _: { port in
                let failure = try await FetchFixture.fetcher().failure("http://127.0.0.1:\(port)/")
                #expect(failure?.code == .denied)
                #expect(failure?.message.contains("127.0.0.2") == false)
                #expect(notes.all.isEmpty)
            }
        }
    }

    @Test(
        "is not led to another protocol by a redirect",
        arguments: [
            "file:///etc/hostname", "FILE:/etc/hostname", "gopher://127.0.0.1/_x",
            "ftp://127.0.0.1/", "dict://127.0.0.1/", "http://a:b@127.0.0.1/", "http://[",
        ])
    func redirectedElsewhere(location: String) async throws {
        try await WebServer.run {
            try await $0.redirect(to: location)
        } _: { port in
            let failure = try await FetchFixture.fetcher().failure("http://127.0.0.1:\(port)/")
            #expect(failure?.code == .denied)
        }
    }

    @Test(
        "is refused for what is no plain http or https URL",
        arguments: [
            "", "x", "example.com/a", "//example.com/", "file:///etc/passwd", "ftp://example.com/",
            "gopher://example.com/", "unix:///run/x", "http://", "http://a:b@a.org/",
            "http://a@a.org/", "http://:b@a.org/", "http://a.org:99999/", "http://a.org/\r\nX: y",
            "http://a.org/\0b", "javascript:alert(1)",
            "http://a.org/" + String(repeating: "a", count: 8192),
        ])
    func badURLs(url: String) async throws {
        let failure = try await FetchFixture.fetcher().failure(url)
        #expect(failure?.code == .usage)
    }

    @Test("is refused for headers and bodies that could smuggle something")
    func badRequests() async throws {
        let fetcher = try FetchFixture.fetcher()
        let url = "http://127.0.0.1:1/"
        let headers = [
            [("X-A", "b\r\nX-B: c")], [("X-A: b\r\nX-B", "c")], [("X A", "b")], [("", "b")],
            [("X:A", "b")], [("X-A", "b\0c")], [("X-Ä", "b")],
            [(String, String)](repeating: ("X-A", "b"), count: 65),
            [("X-A", String(repeating: "b", count: 33 << 10))],
        ]
        for fields in headers {
            let failure = await fetcher.failure(FetchRequest(url: url, headers: fields))
            #expect(failure?.code == .usage, "\(fields.first?.0 ?? "")")
        }
        let withBody = await fetcher.failure(FetchRequest(url: url, body: [1]))
        #expect(withBody?.code == .usage)
        let large = [UInt8](repeating: 1, count: 1 << 20 + 1)
        let tooMuch = await fetcher.failure(FetchRequest(url: url, method: .post, body: large))
        #expect(tooMuch?.code == .usage)
    }
}
