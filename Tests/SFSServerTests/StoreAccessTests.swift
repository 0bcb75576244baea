import ClusterFixture
import NIOCore
import SFSCore
import SFSStore
import SFSWire
import Testing

@Suite("A store's own routes")
struct StoreAccessTests {
    @Test("says what is wrong with JSON that could be read in two ways")
    func ambiguous() async throws {
        try await StoreSite.with { site in
            let hash = try TestBytes(size: 9).hash()
            let twice = #"{"hash":"\#(hash)","hash":"\#(hash)"}"#
            let ours = try await ask(
                .POST, "\(site.urls[0])/v1/spool/\(UploadID.random())/commit",
                headers: [("Authorization", "Bearer \(StoreSite.memberToken)")],
                body: ByteBuffer(string: twice))
            #expect(ours.status == 400)
            #expect(ours.text.contains("an object has the name 'hash' twice"))
            // What clients of the original know is as it was there.
            let known = try await site.put(TestBytes(size: 5))
            for (text, status) in [
                (#"{"hash":"\#(hash)","hash":"\#(known)"}"#, 200), (#"{"hash":"\#(known)",}"#, 400),
            ] {
                let answer = try await ask(
                    .POST, "\(site.urls[0])/content/download", as: .site,
                    headers: [("Content-Type", "application/json")], body: ByteBuffer(string: text))
                #expect(answer.status == status)
            }
        }
    }

    private static let guarded: [(Method, String)] = [
        (.PUT, "/content/put/a03f181dc7dedcfb577511149b8844711efdb04f.txt"),
        (.POST, "/content/download"), (.POST, "/content/exists"), (.POST, "/content/remove"),
        (.POST, "/content/send"), (.POST, "/content/detail"), (.POST, "/content/verify"),
    ]

    @Test("are closed to strangers, with the words that clients know")
    func closed() async throws {
        try await StoreSite.with { site in
            for (method, path) in Self.guarded {
                for identity in [Identity.nobody, .wrongPassword, .otherToken] {
                    let answer = try await ask(method, site.urls[0] + path, as: identity)
                    #expect(answer.status == 401 && answer.text == "Unauthorized")
                    #expect(
                        answer.header("WWW-Authenticate")
                            == #"Basic realm="Authorization Required""#)
                }
            }
        }
    }

    @Test("refuse bodies that are no JSON, or too much of it, and stay usable")
    func badBodies() async throws {
        try await StoreSite.with { site in
            let json = [("Content-Type", "application/json")]
            for (_, path) in Self.guarded.dropFirst() {
                let url = site.urls[0] + path
                for text in [#"{"hash":"#, "hash", #"{"hash":}"#, "\u{0}"] {
                    let answer = try await ask(
                        .POST, url, as: .site, headers: json, body: ByteBuffer(string: text))
                    #expect(answer.status == 400 && answer.tellsNothing(of: site))
                    #expect(try answer.json["error"] != nil)
                }
                let large = ByteBuffer(repeating: UInt8(ascii: " "), count: (1 << 20) + 1)
                let answer = try await ask(.POST, url, as: .site, headers: json, body: large)
                #expect(answer.status == 413)
                let other = try await ask(
                    .POST, url, as: .site, headers: [("Content-Type", "text/plain")],
                    body: ByteBuffer(string: "{}"))
                #expect(other.status == 415)
                let empty = try await ask(.POST, url, as: .site)
                #expect(empty.status == 500)
                #expect(try empty.json["error"] != nil)
            }
        }
    }

    @Test("answer everybody who only wants to see that it is there")
    func greeting() async throws {
        try await StoreSite.with { site in
            for method in [Method.GET, .POST] {
                let hello = try await ask(method, "\(site.urls[0])/")
                #expect(
                    try hello.json["message"]?.string
                        == "Welcome to StretchFS version \(Version.text)")
                let pong = try await ask(method, "\(site.urls[0])/ping")
                #expect(pong.status == 200 && pong.text == #"{"pong":"pong"}"#)
            }
            let pizza = try await ask(.GET, "\(site.urls[0])/content/pizza")
            #expect(
                pizza.text.hasPrefix(
                    "<html><head><title>Pizza</title></head>"
                        + #"<body style="margin: 0; padding: 0"><img src="data:image/"#))
            #expect(pizza.text.hasSuffix(#""/></body></html>"#))
        }
    }

    @Test(
        "test the speed with as many bytes as were asked for",
        arguments: [
            ("?size=1k", 1000), ("?size=123", 123), ("?size=0", 0), ("?size=2m", 2_000_000),
            ("", 1_000_000), ("?size=", 1_000_000), ("?size=-5", 1_000_000),
            ("?size=many", 1_000_000),
        ])
    func speedTest(query: String, size: Int) async throws {
        try await StoreSite.with { site in
            let answer = try await ask(.GET, "\(site.urls[0])/content/speedtest\(query)")
            #expect(answer.status == 200 && answer.body.readableBytes == size)
            #expect(answer.body.readableBytesView.allSatisfy { $0 == 0 })
            #expect(answer.header("Content-Type") == "application/octet-stream")
            #expect(
                answer.header("Content-Disposition")?.hasPrefix("attachment; filename=") == true)
        }
    }

    @Test("never test the speed with more than a billion bytes")
    func speedTestLimit() async throws {
        try await StoreSite.with { site in
            for size in ["5g", "99999999999999999999g", "9223372036854775807g", "2000000000"] {
                let answer = try await ask(.HEAD, "\(site.urls[0])/content/speedtest?size=\(size)")
                let length = answer.header("Content-Length")
                #expect(length == "1000000000" || length == "1000000")
            }
        }
    }
}
