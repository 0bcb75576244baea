import Testing

extension Conformance {
    @Suite("A file fetched from elsewhere", .serialized)
    struct RetrieveTests {
        @Test("is kept like an upload, by every form of the request")
        func kept() async throws {
            let cluster = try ConformanceCluster.running()
            let prism = try cluster.prism()
            let url = "\(cluster.stores[0].url)/content/speedtest?size=5k"
            let reply = try await prism.post(
                "/content/retrieve", ["request": ["url": .text(url)], "extension": "dat"])
            #expect(reply.status == 200, "\(reply.summary)")
            let hash = try #require(reply.json["hash"]?.string)
            #expect(reply.json == ["hash": .text(hash), "extension": "dat", "sha1": .text(hash)])
            let back = try await prism.post("/content/download", ["hash": .text(hash)])
            #expect(back.body == [UInt8](repeating: 0, count: 5000))
            let other = try await prism.post(
                "/content/retrieve",
                [
                    "hashType": "sha256", "mimeType": "text/css",
                    "request": [
                        "url": .text(url), "method": "GET", "headers": ["X-A": "b"],
                        "rejectUnauthorized": false,
                    ],
                ])
            #expect(other.json["extension"] == "bin", "\(other.summary)")
            #expect(other.json["sha256"]?.string?.count == 64)
        }

        @Test("is never one of this machine's or network's own, however it is named (trap 1)")
        func privateAddresses() async throws {
            let cluster = try ConformanceCluster.running()
            let prism = try cluster.prism()
            let port = cluster.stores[1].port
            let before = try await prism.post("/user/session/validate", [:])
            #expect(before.status == 200)
            for url in [
                "http://127.0.2.12:\(port)/ping", "http://127.0.0.1:\(port)/",
                "http://localhost:\(port)/",
                "http://2130706433:\(port)/", "http://0x7f.0.2.12:\(port)/",
                "http://127.1:\(port)/",
                "http://[::1]:\(port)/", "http://[::ffff:127.0.2.12]:\(port)/ping",
                "http://0:\(port)/",
                "http://10.0.0.1/", "http://192.168.0.1/", "http://169.254.169.254/latest/",
                "http://[fe80::1]/", "http://[fd00::1]/",
            ] {
                let reply = try await prism.post(
                    "/content/retrieve",
                    ["request": ["url": .text(url), "rejectUnauthorized": false]])
                #expect([500, 501, 503, 403].contains(reply.status), "\(url) \(reply.summary)")
                #expect(reply.json["error"] != nil && !reply.isTalkative, "\(reply.summary)")
            }
        }

        @Test("is never reached by another scheme, a redirect or a caller's other options (trap 1)")
        func options() async throws {
            let cluster = try ConformanceCluster.running()
            let prism = try cluster.prism()
            for url in [
                "file:///etc/passwd", "gopher://127.0.2.11/", "ftp://127.0.2.11/a",
                "dict://127.0.2.11/",
                "//127.0.2.11/", "", "http://", "http://u:p@127.0.2.11/", "http://127.0.2.11:0/x",
                "unix:/var/x:/", "javascript:1", "http://a\r\nX: y/",
            ] {
                let reply = try await prism.post(
                    "/content/retrieve", ["request": ["url": .text(url)]])
                #expect([500, 501, 503].contains(reply.status), "\(url) \(reply.summary)")
                #expect(!reply.text.contains("root:") && !reply.isTalkative)
            }
            let ignored = try await prism.post(
                "/content/retrieve",
                [
                    "request": [
                        "url": .text("\(cluster.stores[0].url)/ping"),
                        "proxy": .text(cluster.stores[1].url), "socketPath": "/etc/passwd",
                        "hostname": "127.0.0.1", "auth": "a:b", "followRedirect": true,
                    ]
                ])
            #expect(ignored.status == 200, "\(ignored.summary)")
            let bytes = Member.freshBytes(50)
            let hash = try await prism.keep(bytes, as: "a.txt")
            for store in cluster.stores where store.address != "127.0.2.11" {
                // Only the first store may be fetched from.
                let url = "\(store.url)/static/\(hash)/a.txt"
                let reply = try await prism.post(
                    "/content/retrieve", ["request": ["url": .text(url)]])
                #expect(reply.status != 200, "\(url) \(reply.summary)")
            }
            let order: JSONTree = ["hash": .text(hash)]
            _ = try await cluster.stores[0].post("/content/remove", order)
            let left = try await cluster.stores[0].post("/content/exists", order)
            if left.json["exists"]?["exists"] == false {
                let redirected = try await prism.post(
                    "/content/retrieve",
                    ["request": ["url": .text("\(prism.url)/static/\(hash)/a.txt")]])
                #expect(redirected.status != 200, "by a redirect: \(redirected.summary)")
            }
        }

        @Test("is bounded, and told of when it cannot be had")
        func bounds() async throws {
            let cluster = try ConformanceCluster.running()
            let prism = try cluster.prism()
            let store = cluster.stores[0]
            for url in [
                "\(store.url)/content/speedtest?size=2m", "\(store.url)/no/such",
                "http://127.0.2.11:1/",
                "http://no-such-host.invalid/",
            ] {
                let start = ContinuousClock.now
                let reply = try await prism.post(
                    "/content/retrieve", ["request": ["url": .text(url)]])
                #expect(reply.status >= 400 && reply.status < 600, "\(url) \(reply.summary)")
                #expect(reply.json["error"] != nil && !reply.isTalkative)
                #expect(reply["StretchFS-Code"] == "\(reply.status)")
                #expect(ContinuousClock.now - start < .seconds(15))
            }
            let orders: [JSONTree] = [
                [:], ["request": 5], ["request": ["url": 5]],
                ["request": ["url": .text("\(store.url)/ping"), "method": "TRACE /"]],
                ["request": ["url": .text("\(store.url)/ping"), "headers": ["X": "a\r\nY: b"]]],
                ["request": ["url": .text("\(store.url)/ping")], "extension": "../x"],
                ["request": ["url": .text("\(store.url)/ping")], "hashType": "crc32"],
            ]
            for order in orders {
                let reply = try await prism.post("/content/retrieve", order)
                #expect(reply.status == 500, "\(order) \(reply.summary)")
                #expect(reply.json["error"] != nil)
            }
        }
    }
}
