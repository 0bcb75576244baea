import ProcessFixture
import Testing

extension Conformance {
    @Suite("Bytes that a store sends", .serialized)
    struct PlayTests {
        private static let bytes = (0..<10_000).map { UInt8($0 % 251) }

        /// A purchase of the bytes above, as `prism-b` redirects to it.
        private func place(_ name: String = "film.mp4", ext: String = "mp4") async throws -> String
        {
            let cluster = try ConformanceCluster.running()
            let hash = try await cluster.prism().keep(Self.bytes + Member.freshBytes(8), as: name)
            let token = try await cluster.prism().buy(hash, ["ext": .text(ext)])
            return try await cluster.otherPrism().playURL(token)
        }

        @Test("come whole, or only their description for HEAD")
        func whole() async throws {
            let place = try await place()
            let reply = try await Member.follow(place)
            #expect(reply.status == 200)
            #expect(reply.body.count == 10_008 && reply.body.starts(with: Self.bytes))
            #expect(reply["Accept-Ranges"] == "bytes")
            #expect(reply["Content-Type"] == "video/mp4")
            #expect(reply["ETag"] != nil && reply["Last-Modified"] != nil)
            #expect(reply["Cache-Control"]?.contains("immutable") == true)
            #expect(reply["Access-Control-Allow-Origin"] == "*")
            let head = try await Member.follow(place, method: "HEAD")
            #expect(head.status == 200 && head.body.isEmpty)
            for name in [
                "Content-Length", "Content-Type", "ETag", "Accept-Ranges", "Last-Modified",
            ] {
                #expect(head[name] == reply[name], "\(name)")
            }
        }

        @Test("come in the ranges that are asked for")
        func ranges() async throws {
            let place = try await place()
            let cases: [(String, Range<Int>?)] = [
                ("bytes=0-0", 0..<1), ("bytes=100-199", 100..<200), ("bytes=9999-", 9999..<10_008),
                ("bytes=5-999999", 5..<10_008), ("bytes=10008-", nil), ("bytes=-0", nil),
            ]
            for (range, offsets) in cases {
                let reply = try await Member.follow(place, [("Range", range)])
                guard let offsets else {
                    #expect(reply.status == 416, "\(range) \(reply.summary)")
                    #expect(reply["Content-Range"] == "bytes */10008")
                    continue
                }
                #expect(reply.status == 206, "\(range) \(reply.summary)")
                let last = offsets.upperBound - 1
                #expect(reply["Content-Range"] == "bytes \(offsets.lowerBound)-\(last)/10008")
                #expect(reply.body.count == offsets.count)
                let known = offsets.clamped(to: 0..<10_000)
                #expect(reply.body.starts(with: Self.bytes[known]))
            }
            let end = try await Member.follow(place, [("Range", "bytes=-8")])
            #expect(end.status == 206 && end["Content-Range"] == "bytes 10000-10007/10008")
            for nonsense in ["bytes=5-2", "bytes=x", "lines=1-2", "bytes=1-2,x"] {
                let reply = try await Member.follow(place, [("Range", nonsense)])
                #expect([200, 416].contains(reply.status), "\(nonsense) \(reply.summary)")
            }
        }

        @Test("come as a multipart body for several ranges")
        func multipleRanges() async throws {
            let reply = try await Member.follow(
                try await place(), [("Range", "bytes=0-1, 500-502,-3")])
            #expect(reply.status == 206, "\(reply.summary)")
            let type = try #require(reply["Content-Type"])
            #expect(type.hasPrefix("multipart/byteranges; boundary="))
            let boundary = try #require(type.split(separator: "=").last)
            let text = String(decoding: reply.body, as: Unicode.ASCII.self)
            for range in ["bytes 0-1/10008", "bytes 500-502/10008", "bytes 10005-10007/10008"] {
                #expect(text.contains("Content-Range: \(range)\r\n"), "\(range)")
            }
            #expect(text.contains("--\(boundary)--"))
            let part = Array("\r\n\r\n".utf8) + Self.bytes[500..<503] + Array("\r\n--".utf8)
            let isThere = reply.body.indices.contains { reply.body[$0...].starts(with: part) }
            #expect(isThere, "the bytes of the second range")
        }

        @Test("depend on what the client has already")
        func conditions() async throws {
            let place = try await place()
            let first = try await Member.follow(place, method: "HEAD")
            let tag = try #require(first["ETag"])
            let date = try #require(first["Last-Modified"])
            for known in [
                ("If-None-Match", tag), ("If-None-Match", "*"), ("If-Modified-Since", date),
            ] {
                let reply = try await Member.follow(place, [known])
                #expect(reply.status == 304 && reply.body.isEmpty, "\(known) \(reply.summary)")
                #expect(reply["ETag"] == tag)
            }
            let other = try await Member.follow(place, [("If-None-Match", "\"other\"")])
            #expect(other.status == 200)
            let range = ("Range", "bytes=1-2")
            for (condition, status) in [
                (tag, 206), (date, 206), ("\"other\"", 200), ("W/\(tag)", 200),
                ("Thu, 01 Jan 1970 00:00:00 GMT", 200), ("nonsense", 200),
            ] {
                let reply = try await Member.follow(place, [range, ("If-Range", condition)])
                #expect(reply.status == status, "If-Range: \(condition): \(reply.summary)")
            }
            let failed = try await Member.follow(place, [("If-Match", "\"other\"")])
            #expect(failed.status == 412, "\(failed.summary)")
        }

        @Test("are saved under the name in 'attach', quoted and encoded (trap 12)")
        func attach() async throws {
            let place = try await place()
            let cases = [
                ("film.mp4", "film.mp4"), ("a%20%22b%22;x=y.mp4", "\\\"b\\\""),
                ("%C3%BCber.mp4", "filename*=UTF-8''%C3%BCber.mp4"),
                ("a%0d%0aX-Evil:%20yes%0d%0a%0d%0ab", "filename"),
                ("..%2f..%2fetc%2fpasswd", "filename"),
                ("%00%01%7f", "attachment"), ("", "attachment"),
            ]
            for (name, part) in cases {
                let reply = try await Member.follow("\(place)&attach=\(name)")
                #expect(reply.status == 200, "\(name) \(reply.summary)")
                let field = try #require(reply["Content-Disposition"], "\(name)")
                #expect(field.hasPrefix("attachment") && field.contains(part), "\(name): \(field)")
                #expect(reply["X-Evil"] == nil && reply.body.count == 10_008)
                #expect(field.utf8.allSatisfy { (0x20..<0x7F).contains($0) }, "\(field)")
            }
            let plain = try await Member.follow(place)
            #expect(plain["Content-Disposition"]?.hasPrefix("attachment") != true)
        }

        @Test("say their type with a charset where they are text")
        func charset() async throws {
            let reply = try await Member.follow(try await place("a.txt", ext: "txt"))
            #expect(reply["Content-Type"] == "text/plain; charset=utf-8")
        }

        @Test("can be asked for on one connection, one after the other or all at once")
        func keepAlive() async throws {
            let hash = try await ConformanceCluster.running().prism().keep(Self.bytes, as: "a.txt")
            let found = try await ConformanceCluster.running().prism().anonymous.get(
                "/static/\(hash)/a.txt")
            let place = try #require(found["Location"])
            let store = try #require(
                try ConformanceCluster.running().stores.first { place.hasPrefix($0.url) })
            let connection = try await WebConnection(to: store.place)
            for _ in 0..<5 {
                let reply = try await connection.ask("GET", "/static/\(hash)/a.txt")
                #expect(reply.body == Self.bytes)
            }
            let request = "GET /static/\(hash)/a.txt HTTP/1.1\r\nHost: x\r\nRange: bytes="
            await connection.send((0..<10).flatMap { Array("\(request)\($0)-\($0)\r\n\r\n".utf8) })
            for number in 0..<10 {
                let reply = try await connection.reply()
                #expect(reply.status == 206 && reply.body == [Self.bytes[number]])
            }
        }

        @Test("are found by a web server's question where they are, and not for strangers")
        func uri() async throws {
            let place = try await place()
            let uri = place.replacing("/play/", with: "/purchase/uri/play/")
            let reply = try await Member.follow(uri)
            #expect(reply.status == 200 && reply.text.hasPrefix("/../content/"), "\(reply.summary)")
            #expect(!reply.isTalkative)
            let store = try ConformanceCluster.running().stores[0].anonymous
            for token in ["a\(String(repeating: "0", count: 19))", "nonsense"] {
                let unknown = try await store.get("/purchase/uri/play/\(token)/f")
                #expect(unknown.status == 404 && unknown.text == "/404", "\(unknown.summary)")
            }
        }
    }
}
