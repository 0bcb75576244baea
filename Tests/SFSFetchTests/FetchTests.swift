import NIOCore
import ProcessFixture
import SFSCore
import SFSFetch
import Testing

@Suite("A fetch")
struct FetchTests {
    @Test("brings the bytes, the stated type, the length and the file's name")
    func plain() async throws {
        try await WebServer.run { exchange in
            try await exchange.answer("hello", headers: ["Content-Type: Text/Plain; charset=x"])
        } _: { port in
            let fetcher = try FetchFixture.fetcher()
            let url = "http://127.0.0.1:\(port)/a/film%20one.txt?b=c/d.png#e"
            let head = try await fetcher.fetch(FetchRequest(url: url)) { $0 }
            #expect(head.mediaType == "text/plain")
            #expect(head.length == 5)
            #expect(head.fileName == "film one.txt")
            let text = try await fetcher.text(url)
            #expect(text == "hello")
        }
    }

    @Test(
        "takes a file's name from nothing that is none",
        arguments: ["/", "/a/", "/a%2Fb", "/a%00b", "/a%0Ab", "/%FF", "/.", "/a/%2E%2E"])
    func fileNames(path: String) async throws {
        try await WebServer.run {
            try await $0.answer("")
        } _: { port in
            let request = FetchRequest(url: "http://127.0.0.1:\(port)\(path)")
            let name = try await FetchFixture.fetcher().fetch(request) { $0.fileName }
            #expect(name == nil)
        }
    }

    @Test("takes answers in chunks, and empty ones")
    func framing() async throws {
        try await WebServer.run { exchange in
            if exchange.target == "/chunks" {
                let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                try await exchange.send(head + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
            } else {
                try await exchange.send("HTTP/1.1 204 No Content\r\n\r\n")
            }
        } _: { port in
            let fetcher = try FetchFixture.fetcher()
            let chunks = try await fetcher.text("http://127.0.0.1:\(port)/chunks")
            #expect(chunks == "abcde")
            let length = try await fetcher.fetch(
                FetchRequest(url: "http://127.0.0.1:\(port)/chunks")
            ) { $0.length }
            #expect(length == nil)
            let empty = try await fetcher.text("http://127.0.0.1:\(port)/empty")
            #expect(empty == "")
        }
    }

    @Test("asks by the method, with the headers and the body that it was given")
    func requests() async throws {
        let notes = Notes()
        try await WebServer.run { exchange in
            notes.add(exchange.request)
            try await exchange.answer(exchange.request.hasPrefix("HEAD") ? "" : "ok")
        } _: { port in
            let url = "http://127.0.0.1:\(port)/"
            let fetcher = try FetchFixture.fetcher()
            let headers = [
                ("X-Token", "abc"), ("X-Empty", ""), ("Host", "elsewhere"),
                ("Accept-Encoding", "gzip"), ("Proxy-Authorization", "x"), ("Content-Length", "0"),
            ]
            let post = FetchRequest(
                url: url, method: .post, headers: headers, body: Array("a=1".utf8))
            _ = try await fetcher.text(post)
            _ = try await fetcher.text(FetchRequest(url: url, method: .head))

            let first = try #require(notes.all.first)
            #expect(first.hasPrefix("POST / HTTP/1.1\r\n"))
            #expect(first.contains("X-Token: abc\r\n"))
            #expect(first.contains("X-Empty:\r\n"))
            #expect(first.contains("Host: 127.0.0.1:\(port)\r\n"))
            #expect(first.contains("User-Agent: StretchFS/"))
            #expect(first.hasSuffix("\r\n\r\na=1"))
            for word in ["elsewhere", "gzip", "Proxy-", "Content-Length: 0", "Expect"] {
                #expect(!first.contains(word), "\(word)")
            }
            #expect(notes.all.last?.hasPrefix("HEAD / HTTP/1.1\r\n") == true)
        }
    }

    @Test("leaves a compressed body as it is, so that no small answer grows large")
    func compressed() async throws {
        // The gzip form of a million zeros begins so; what counts is that nobody opens it.
        let bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xED, 0xC1, 1, 0x0D, 0, 0]
        try await WebServer.run { exchange in
            let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 16\r\n\r\n"
            try await exchange.send(head)
            try await exchange.send(bytes)
        } _: { port in
            let request = FetchRequest(url: "http://127.0.0.1:\(port)/")
            let fetched = try await FetchFixture.fetcher().fetch(request) { answer in
                var all: [UInt8] = []
                for try await chunk in answer.bytes { all += Array(chunk.readableBytesView) }
                return all
            }
            #expect(fetched == bytes)
        }
    }

    @Test("tells a status other than 2xx, a closed port and a name that does not exist")
    func failures() async throws {
        let fetcher = try FetchFixture.fetcher()
        try await WebServer.run { exchange in
            try await exchange.answer("no", status: "404 Not Found")
        } _: { port in
            let failure = await fetcher.failure("http://127.0.0.1:\(port)/")
            #expect(failure?.code == .unavailable)
            #expect(failure?.message == "'127.0.0.1' answered with status 404")
        }
        let refused = await fetcher.failure("http://127.0.0.1:1/")
        #expect(refused?.code == .unavailable)
        #expect(refused?.message == "cannot connect to '127.0.0.1': connect ECONNREFUSED")
        let unknown = await fetcher.failure("http://nobody.invalid/")
        #expect(unknown?.code == .unavailable || unknown?.code == .timeout)
    }

    @Test("does not trust a certificate that nobody signed")
    func untrusted() async throws {
        try await withTemporaryFolder { folder in
            let words = "req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=127.0.0.1 -addext"
            let made = try await ProcessFixture.run(
                "openssl",
                words.split(separator: " ").map(String.init) + [
                    "subjectAltName=IP:127.0.0.1", "-keyout", "\(folder)/key", "-out",
                    "\(folder)/cert",
                ])
            try made.succeeded("openssl req")
            let server = ["s_server", "-accept", "127.0.0.1:0", "-www"]
            let files = ["-key", "\(folder)/key", "-cert", "\(folder)/cert"]
            let log = "\(folder)/log"
            try await withProgram("openssl", server + files, log: log) { _ in
                let port = try await eventually("openssl to listen") {
                    let text = try await ProcessFixture.run("cat", [log]).text
                    return text.split(separator: "ACCEPT 127.0.0.1:").dropFirst().first.flatMap {
                        Int($0.prefix { $0.isNumber })
                    }
                }
                let failure = try await FetchFixture.fetcher().failure("https://127.0.0.1:\(port)/")
                #expect(failure?.code == .unavailable)
                #expect(failure?.message == "the certificate of '127.0.0.1' is not trusted")
            }
        }
    }
}
