import ProcessFixture
import Testing

extension Conformance {
    @Suite("A store", .serialized)
    struct StoreTests {
        private static let unknown = String(repeating: "5c", count: 20)

        /// A store that holds `hash`, and one that does not.
        private func holders(_ hash: String) async throws -> (with: Member, without: Member) {
            let cluster = try ConformanceCluster.running()
            var answers: [Bool: Member] = [:]
            for store in cluster.stores {
                let reply = try await store.post("/content/exists", ["hash": .text(hash)])
                answers[reply.json["exists"]?["exists"] == true] = store
            }
            return (try #require(answers[true]), try #require(answers[false]))
        }

        @Test("tells what it holds, one by one or many at once")
        func exists() async throws {
            let hash = try await ConformanceCluster.running().prism().keep(as: "a.txt")
            let (with, without) = try await holders(hash)
            let one = try await with.post(
                "/content/exists", ["hash": .text(hash), "ext": "txt"])
            #expect(one.json == ["exists": ["exists": true, "ext": "txt"]], "\(one.summary)")
            let none = try await without.post("/content/exists", ["hash": .text(hash)])
            #expect(none.json == ["exists": ["exists": false, "ext": ""]], "\(none.summary)")
            let many = try await with.post(
                "/content/exists", ["hash": [.text(hash + ".txt"), .text(Self.unknown)]])
            let expected: JSONTree = [
                hash: ["exists": true, "ext": "txt"], Self.unknown: ["exists": false, "ext": ""],
            ]
            #expect(many.json == expected, "\(many.summary)")
        }

        @Test("wants its own name and password for what changes or lists anything (trap 5)")
        func access() async throws {
            let cluster = try ConformanceCluster.running()
            let store = cluster.stores[0]
            let session = Member.Access.session(try cluster.token(of: "tester"))
            let strangers = [
                store.anonymous, store.by(.basic("stretchfs", "stretchfs")),
                store.by(ConformancePlan.prismAccess), store.by(.basic("store", "")),
                store.by(Member.Access(name: "Authorization", value: "Basic")), store.by(session),
            ]
            for stranger in strangers {
                for route in ["download", "exists", "remove", "send", "detail", "verify"] {
                    let reply = try await stranger.post("/content/\(route)", ["hash": ""])
                    #expect(reply.status == 401, "\(route) \(reply.summary)")
                }
                let put = try await stranger.ask(
                    "PUT", "/content/put/\(Self.unknown).txt", body: [1])
                #expect(put.status == 401, "\(put.summary)")
            }
        }

        @Test("takes bytes whose hash is their name: 201, and no other (traps 13 and 14)")
        func put() async throws {
            let cluster = try ConformanceCluster.running()
            let store = cluster.stores[0]
            for (_, hash) in Fox.hashes {
                let reply = try await store.ask(
                    "PUT", "/content/put/\(hash).txt", body: Fox.bytes)
                #expect(reply.status == 201, "\(reply.summary)")
                #expect(reply.json == ["hash": .text(hash)])
                let back = try await store.post("/content/download", ["hash": .text(hash)])
                #expect(back.body == Fox.bytes)
            }
            let hash = Fox.hashes["sha1"] ?? ""
            let bad = try await store.ask(
                "PUT", "/content/put/\(hash).txt", body: Array("something else".utf8))
            #expect(bad.status == 500, "\(bad.summary)")
            #expect(bad.json == ["error": "Checksum mismatch"])
            let cut = try await WebConnection(to: store.place)
            let access = store.access[0]
            await cut.send(
                Array(
                    """
                    PUT /content/put/\(hash).txt HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\
                    \(access.name): \(access.value)\r\n\r\nThe fox
                    """.utf8))
            cut.endSending()
            let kept = try await store.post("/content/download", ["hash": .text(hash)])
            #expect(kept.status == 200 && kept.body == Fox.bytes, "the good copy is untouched")
            for name in ["nonsense", "..%2f..%2fetc%2fpasswd", "\(hash).t%0d%0ax", "\(hash).a%2fb"]
            {
                let reply = try await store.ask("PUT", "/content/put/\(name)", body: [1])
                #expect((400..<500).contains(reply.status) || reply.status == 500, "\(name)")
                #expect(!reply.isTalkative, "\(reply.summary)")
            }
        }

        @Test("gives and describes what it holds, and says 404 where it does not (trap 35)")
        func detail() async throws {
            let bytes = Member.freshBytes(777)
            let hash = try await ConformanceCluster.running().prism().keep(bytes, as: "a.txt")
            let (with, without) = try await holders(hash)
            let download = try await with.post(
                "/content/download", ["hash": .text(hash), "ext": "txt"])
            #expect(download.status == 200 && download.body == bytes)
            #expect(download["Content-Type"] == "text/plain; charset=utf-8")
            let detail = try await with.post("/content/detail", ["hash": .text(hash)])
            #expect(detail.status == 200, "\(detail.summary)")
            #expect(detail.json["hash"] == .text(hash) && detail.json["size"] == 777)
            #expect(
                detail.json["mimeExtension"] == "txt" && detail.json["mimeType"] == "text/plain")
            #expect(detail.json["relativePath"]?.string?.contains(hash) == true)
            let file = try #require(detail.json["hashDetail"])
            #expect(file["exists"] == true && file["hash"] == .text(hash))
            #expect(file["hashType"] == "sha1" && file["ext"] == "txt")
            #expect(file["stat"]?["size"] == 777)
            #expect(!detail.isTalkative, "\(detail.summary)")
            let gone = try await without.post("/content/detail", ["hash": .text(hash)])
            #expect(gone.status == 404 && gone.json["code"] == 404, "\(gone.summary)")
            let nothing = try await without.post("/content/download", ["hash": .text(hash)])
            #expect(nothing.status == 404 && nothing.json["error"] != nil, "\(nothing.summary)")
            let page = try await without.anonymous.get("/static/\(hash)/a.txt")
            #expect(page.status == 404 && page.text == "404 Not Found", "\(page.summary)")
        }

        @Test("reads a copy again when asked to verify it")
        func verify() async throws {
            let hash = try await ConformanceCluster.running().prism().keep(as: "a.txt")
            let (with, without) = try await holders(hash)
            let good = try await with.post(
                "/content/verify", ["file": .text(hash + ".txt"), "force": true])
            #expect(good.status == 200, "\(good.summary)")
            #expect(good.json["success"] == "Verification complete" && good.json["code"] == 200)
            #expect(good.json["status"] == "ok" && good.json["verified"] == true)
            #expect(
                good.json["expectedHash"] == .text(hash) && good.json["actualHash"] == .text(hash))
            #expect((good.json["verifiedAt"]?.double ?? 0) > 1.7e12)
            let none = try await without.post("/content/verify", ["file": .text(hash + ".txt")])
            #expect(none.status == 404, "\(none.summary)")
            #expect(none.json["error"] == "File not found" && none.json["code"] == 404)
            #expect(none.json["status"] == "fail" && none.json["verified"] == false)
        }

        @Test("sends a copy to another store, and none that does not verify")
        func send() async throws {
            let prism = try ConformanceCluster.running().prism()
            let bytes = Member.freshBytes(4000)
            let hash = try await prism.keep(bytes, as: "a.txt")
            let (with, without) = try await holders(hash)
            let file = JSONTree.text(hash + ".txt")
            let order: JSONTree = ["file": file, "store": .text(without.name)]
            let sent = try await with.post("/content/send", order)
            #expect(sent.status == 200, "\(sent.summary)")
            #expect(sent.json["success"] == "Clone sent" && sent.json["file"] == file)
            #expect(sent.json["store"]?["name"] == .text(without.name))
            #expect(sent.json["fileDetail"]?["hash"] == .text(hash))
            #expect(!sent.isTalkative, "\(sent.summary)")
            let there = try await without.post("/content/download", ["hash": .text(hash)])
            #expect(there.body == bytes)
            let detail = try await prism.post("/content/detail", ["hash": .text(hash)])
            #expect(detail.json["copies"] == 3, "\(detail.summary)")
            for store: JSONTree in ["no-such-store", "../x", .null, 5] {
                let reply = try await with.post("/content/send", ["file": file, "store": store])
                #expect(reply.status == 200, "as the original: \(reply.summary)")
                #expect(reply.json["error"]?.string?.hasPrefix("Failed to send clone") == true)
                #expect(!reply.isTalkative, "\(reply.summary)")
            }
        }

        @Test("removes its copy, answers the same for one that it has not, keeps the others")
        func remove() async throws {
            let prism = try ConformanceCluster.running().prism()
            let hash = try await prism.keep(as: "a.txt")
            let (with, without) = try await holders(hash)
            let unknown = try await without.post("/content/remove", ["hash": .text(Self.unknown)])
            #expect(unknown.status == 200, "\(unknown.summary)")
            #expect(unknown.json == ["success": "File removed"])
            let order: JSONTree = [
                "file": .text(hash + ".txt"), "store": .text(without.name),
            ]
            #expect(try await with.post("/content/send", order).json["success"] != nil)
            let removed = try await with.post("/content/remove", ["hash": .text(hash)])
            #expect(removed.status == 200, "\(removed.summary)")
            #expect(removed.json == ["success": "File removed"])
            let there = try await with.post("/content/exists", ["hash": .text(hash)])
            #expect(there.json["exists"]?["exists"] == false)
            let detail = try await prism.post("/content/detail", ["hash": .text(hash)])
            #expect(detail.json["copies"] == 2, "\(detail.summary)")
            #expect(detail.json["map"]?.array?.contains(.text(with.name)) == false)
        }
    }
}
