import Testing

extension Conformance {
    @Suite("What is known of contents", .serialized)
    struct InventoryTests {
        private static let unknown = String(repeating: "0a", count: 20)

        @Test("is the original's record, the same for 'detail' and 'exists', at every prism")
        func record() async throws {
            let cluster = try ConformanceCluster.running()
            let hash = try await cluster.prism().keep(Member.freshBytes(1234), as: "a.mp4")
            for prism in try cluster.prisms() {
                for route in ["/content/detail", "/content/exists"] {
                    for name in ["hash", "sha1"] {
                        let reply = try await prism.post(route, [name: .text(hash.uppercased())])
                        #expect(reply.status == 200, "\(reply.summary)")
                        check(reply.json, hash)
                    }
                }
            }
        }

        private func check(_ record: JSONTree, _ hash: String) {
            #expect(record["hash"] == .text(hash))
            #expect(record["exists"] == true)
            #expect(record["mimeType"] == "video/mp4")
            #expect(record["mimeExtension"] == "mp4")
            #expect(record["size"] == 1234)
            #expect(record["copies"] == 2)
            #expect(record["desiredCopies"] == 2)
            #expect(Set(record["map"]?.array ?? []).count == 2)
            #expect(
                record["map"]?.array?.allSatisfy { $0.string?.hasPrefix("store-") == true } == true)
            #expect(record["hitCount"]?.int != nil && record["byteCount"]?.int != nil)
            #expect(record["hits"]?.fields != nil && record["bytes"]?.fields != nil)
            #expect(record["rules"] == [["type": "copyMinimum", "value": 2]])
            #expect(record["relativePath"]?.string?.hasPrefix("/") == false)
            #expect(record["createdAt"]?.string?.contains("T") == true)
            #expect(record["error"] == nil)
        }

        @Test("is all null for what is not there, with status 200")
        func absent() async throws {
            let prism = try ConformanceCluster.running().prism()
            for text in [Self.unknown, "", "nonsense", "../../etc/passwd", "a'; --"] {
                let reply = try await prism.post("/content/detail", ["hash": .text(text)])
                #expect(reply.status == 200, "\(reply.summary)")
                #expect(
                    reply.json == [
                        "hash": .text(text), "mimeType": .null, "mimeExtension": .null, "map": [],
                        "size": 0, "copies": 0, "relativePath": .null, "exists": false,
                    ])
            }
        }

        @Test("is an object by hash for a list, also with an empty element and one twice")
        func bulk() async throws {
            let prism = try ConformanceCluster.running().prism()
            let hash = try await prism.keep()
            let list: JSONTree = [.text(hash), .text(Self.unknown), "", .text(hash)]
            for route in ["/content/detail", "/content/exists"] {
                let reply = try await prism.post(route, ["hash": list])
                #expect(reply.json.names == [hash, Self.unknown, ""], "\(reply.summary)")
                #expect(reply.json[hash]?["exists"] == true)
                #expect(reply.json[Self.unknown]?["exists"] == false)
                #expect(reply.json[""]?["exists"] == false)
                let none = try await prism.post(route, ["hash": []])
                #expect(none.status == 200 && none.json == [:], "\(none.summary)")
            }
        }

        @Test("can be asked with a token or with HTTP Basic (trap 8)")
        func access() async throws {
            let prism = try ConformanceCluster.running().prism()
            for asked in [prism, prism.by(ConformancePlan.prismAccess)] {
                let reply = try await asked.post("/content/exists", ["hash": .text(Self.unknown)])
                #expect(reply.status == 200, "\(reply.summary)")
                #expect(reply.json["exists"] == false)
            }
        }

        @Test("is asked for again as long as the question says, and no longer")
        func patience() async throws {
            let prism = try ConformanceCluster.running().prism()
            for name in ["tryCount", "retryCount"] {
                let start = ContinuousClock.now
                let reply = try await prism.post(
                    "/content/exists",
                    ["hash": .text(Self.unknown), name: 1000, "timeout": 700])
                let time = ContinuousClock.now - start
                #expect(reply.json["exists"] == false)
                #expect(time > .milliseconds(300) && time < .seconds(10), "\(name): \(time)")
            }
            for strange: JSONTree in [-5, "many", .null, 1.5, [3]] {
                let reply = try await prism.post(
                    "/content/exists",
                    ["hash": .text(Self.unknown), "tryCount": strange, "timeout": strange])
                // A time that is no time may be over before the catalog can answer.
                #expect([200, 500, 503].contains(reply.status), "\(strange) \(reply.summary)")
            }
        }

        @Test("is no answer to a question that is none")
        func questions() async throws {
            let prism = try ConformanceCluster.running().prism()
            let questions: [JSONTree] = [
                [:], ["hash": 5], ["hash": [1, 2]], ["hash": .null], [], 7,
            ]
            for question in questions {
                let reply = try await prism.post("/content/detail", question)
                #expect((400...501).contains(reply.status), "\(question): \(reply.summary)")
                #expect(reply.json["error"] != nil && !reply.isTalkative)
                #expect(reply["StretchFS-Code"] == "\(reply.status)")
                #expect(reply["StretchFS-Reason"] == "UserError")
                #expect(reply["StretchFS-Message"]?.isEmpty == false)
            }
        }
    }
}
