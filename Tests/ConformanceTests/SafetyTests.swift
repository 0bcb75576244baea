import Foundation
import ProcessFixture
import Testing

extension Conformance {
    @Suite("What the original did and this must not", .serialized)
    struct SafetyTests {
        @Test("start with passwords that everybody knows (trap 5)")
        func knownPasswords() async throws {
            let cluster = try ConformanceCluster.running()
            let programs = try Programs.find()
            let text = try String(
                contentsOfFile: cluster.plan.configuration(of: cluster.plan.processes[0]),
                encoding: .utf8)
            for password in ["stretchfs", "changeme", "", "short"] {
                let name = "\(cluster.plan.folder)/known-\(password)"
                try Data("stretchfs:\(password)\n".utf8).write(to: URL(filePath: name))
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o600], ofItemAtPath: name)
                let changed = text.replacing(
                    "\(cluster.plan.folder)/store.credentials", with: name)
                try Data(changed.utf8).write(to: URL(filePath: name + ".yaml"))
                for verb in ["check", "run"] {
                    let result = try await run(programs.sfsd, [verb, "--config", name + ".yaml"])
                    #expect(result.status == 78, "\(verb) '\(password)': \(result.errorText)")
                    #expect(result.errorText.contains("credentialsFile"), "\(result.errorText)")
                }
            }
        }

        @Test("take a content without copies for one that is there (trap 16)")
        func noCopies() async throws {
            let cluster = try ConformanceCluster.running()
            let prism = try cluster.prism()
            let bytes = Member.freshBytes()
            let hash = JSONTree.text(try await prism.keep(bytes))
            let token = try await prism.buy(hash.string ?? "")
            for store in cluster.stores {
                _ = try await store.post("/content/remove", ["hash": hash])
            }
            _ = try await cluster.postgres.query(
                "UPDATE content SET stores = '{}' WHERE hash = '\\x\(hash.string ?? "")'",
                in: "stretchfs")
            let gone = try await prism.post("/content/detail", ["hash": hash])
            #expect(gone.json["exists"] == false, "\(gone.summary)")
            let unplayable = try await cluster.otherPrism().anonymous.get("/\(token)/f")
            #expect(unplayable.status == 404, "trap 35: \(unplayable.summary)")
            let refused = try await prism.post("/content/purchase", ["hash": hash])
            #expect(refused.status == 404, "\(refused.summary)")
            #expect(try await prism.keep(bytes) == hash.string)
            let detail = try await prism.post("/content/detail", ["hash": hash])
            #expect(detail.json["copies"] == 2, "\(detail.summary)")
            let back = try await prism.post("/content/download", ["hash": hash])
            #expect(back.body == bytes)
        }

        @Test("remove the folders in which a store keeps its contents (trap 19)")
        func folders() async throws {
            let cluster = try ConformanceCluster.running()
            let hash = try await cluster.prism().keep()
            let detail = try await cluster.prism().post("/content/detail", ["hash": .text(hash)])
            let map = detail.json["map"]?.array ?? []
            let isHolder = { (store: Member) in map.contains(.text(store.name)) }
            let holder = try #require(cluster.stores.first(where: isHolder))
            let store = try #require(cluster.stores.first { !isHolder($0) })
            let manager = FileManager.default
            let before = try manager.contentsOfDirectory(atPath: "\(store.volume)/content")
            for _ in 0..<2 {
                let sent = try await holder.post(
                    "/content/send", ["file": .text(hash), "store": .text(store.name)])
                #expect(sent.json["success"] == "Clone sent", "\(sent.summary)")
                let reply = try await store.post("/content/remove", ["hash": .text(hash)])
                #expect(reply.json == ["success": "File removed"], "\(reply.summary)")
            }
            let after = try manager.contentsOfDirectory(atPath: "\(store.volume)/content")
            #expect(Set(after).isSuperset(of: before))
        }

        @Test(
            "let strangers fill the table of viewers, or tell two of them by a few bits (trap 27)")
        func slots() async throws {
            let cluster = try ConformanceCluster.running()
            let hash = try await cluster.prism().keep(as: "a.txt")
            let reply = try await cluster.prism().anonymous.get("/static/\(hash)/a.txt")
            let place = try #require(reply["Location"])
            for number in 0..<300 {
                let viewer = try await Member.follow(
                    place, [("User-Agent", "viewer \(number)")], method: number < 5 ? "GET" : "HEAD"
                )
                #expect(viewer.status == 200)
            }
            let rows = try await eventually("slots to be written") {
                let rows = try await cluster.postgres.query(
                    "SELECT octet_length(viewer) FROM slot WHERE hash = '\\x\(hash)'",
                    in: "stretchfs")
                return rows.count >= 5 ? rows : nil
            }
            #expect(rows.count == 5, "who took no bytes has none")
            #expect(rows.allSatisfy { (Int($0[0]) ?? 0) >= 16 })
        }

        @Test("read old passwords as they are: bcrypt is checked, then replaced (trap 33)")
        func bcrypt() async throws {
            let cluster = try ConformanceCluster.running()
            let salted = "$12$abcdefghijklmnopqrstuuIHSqUSYH2z/5gCfAm50wzCXJc1VT/5q"
            for kind in ["2a", "2b"] {
                let name = "imported-\(kind)"
                _ = try await cluster.postgres.query(
                    """
                    INSERT INTO account (name, password, roles)
                    VALUES ('\(name)', '$\(kind)\(salted)', '{read}')
                    """, in: "stretchfs")
                let prism = try cluster.prism().anonymous
                let wrong = try await prism.post(
                    "/user/login", ["name": .text(name), "secret": "\(salted)"], from: "127.0.3.2")
                #expect(wrong.status == 500, "\(wrong.summary)")
                let right = try await prism.post(
                    "/user/login", ["name": .text(name), "secret": "imported-password"],
                    from: "127.0.3.2")
                #expect(right.status == 200, "\(right.summary)")
                let kept = try await cluster.postgres.query(
                    "SELECT password FROM account WHERE name = '\(name)'", in: "stretchfs")
                #expect(kept.first?.first?.hasPrefix("$y$") == true, "\(kept)")
                let again = try await prism.post(
                    "/user/login", ["name": .text(name), "secret": "imported-password"],
                    from: "127.0.3.2")
                #expect(again.status == 200, "\(again.summary)")
            }
        }

        @Test("write a token or a password into the catalog or the log (trap 34)")
        func secrets() async throws {
            let cluster = try ConformanceCluster.running()
            let token = try cluster.token(of: "tester")
            let detail = try await cluster.prism().post("/user/session/validate", [:])
            #expect(detail.status == 200)
            let tables = try await cluster.postgres.query(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'", in: "stretchfs")
            #expect(tables.count > 5)
            let secrets = [token, ConformanceCluster.password, "password-0-of"]
            for table in tables.compactMap(\.first) {
                let rows = try await cluster.postgres.query(
                    "SELECT t::text FROM \"\(table)\" t", in: "stretchfs"
                ).joined().joined(separator: "\n")
                for secret in secrets { #expect(!rows.contains(secret), "\(table)") }
            }
            for daemon in cluster.daemons {
                for secret in secrets { #expect(!daemon.logText.contains(secret)) }
            }
        }
    }
}
