import Testing

extension Conformance {
    @Suite("An upload", .serialized)
    struct UploadTests {
        @Test("answers as the original does, with two copies made")
        func reply() async throws {
            let prism = try ConformanceCluster.running().prism()
            let form = Form().text("foo", "bar").file(
                "file", "test.txt", Fox.bytes, type: "text/plain")
            let reply = try await prism.upload(form)
            #expect(reply.status == 200, "\(reply.summary)")
            #expect(reply.json["success"] == "File(s) uploaded")
            #expect(reply.json["error"] == nil)
            #expect(reply.json["data"] == ["hashType": "sha1", "foo": "bar"])
            let file = try #require(reply.json["files"]?["file"])
            let sha1 = JSONTree.text(Fox.hashes["sha1"] ?? "")
            #expect(file["key"] == "file" && file["name"] == "test.txt")
            #expect(file["encoding"] == "7bit" && file["tmpfile"] != nil)
            #expect(
                file["type"] == ["user": "text/plain", "extension": "text/plain", "stream": .null])
            #expect(file["hash"] == sha1 && file["sha1"] == sha1)
            #expect(file["hashType"] == "sha1")
            #expect(file["mimetype"] == "text/plain" && file["ext"] == "txt")
            let detail = try await prism.post("/content/detail", ["hash": sha1])
            #expect(detail.json["copies"] == 2)
            #expect(detail.json["size"] == 16)
        }

        @Test("takes any number of files and fields, in any order")
        func many() async throws {
            let prism = try ConformanceCluster.running().prism()
            let contents = (0..<5).map { _ in Member.freshBytes(50_000) }
            var form = Form().text("before", "1")
            for (index, bytes) in contents.enumerated() {
                form = form.file("f\(index)", "\(index).bin", bytes).text(
                    "after\(index)", "ü,\r\n-")
            }
            let reply = try await prism.upload(form)
            #expect(reply.status == 200, "\(reply.summary)")
            #expect(reply.json["files"]?.names == ["f0", "f1", "f2", "f3", "f4"])
            #expect(reply.json["data"]?["before"] == "1")
            #expect(reply.json["data"]?["after4"] == "ü,\r\n-")
            for (index, bytes) in contents.enumerated() {
                let hash = try #require(reply.json["files"]?["f\(index)"]?["hash"]?.string)
                let back = try await prism.post("/content/download", ["hash": .text(hash)])
                #expect(back.status == 200)
                #expect(back.body == bytes)
            }
        }

        @Test("keeps two files under one name both, and shows the last")
        func sameName() async throws {
            let prism = try ConformanceCluster.running().prism()
            let (first, second) = (Member.freshBytes(), Member.freshBytes())
            let known = try await prism.keep(first)
            let reply = try await prism.upload(
                Form().file("file", "a", Member.freshBytes()).file("file", "b", second))
            #expect(reply.json["files"]?.names == ["file"])
            let hash = try #require(reply.json["files"]?["file"]?["hash"]?.string)
            #expect(hash != known)
            let back = try await prism.post("/content/download", ["hash": .text(hash)])
            #expect(back.body == second)
        }

        @Test("by every type of hash is answered, stored and played (trap 26)")
        func hashTypes() async throws {
            let cluster = try ConformanceCluster.running()
            for (type, hash) in Fox.hashes {
                let reply = try await cluster.prism().upload(
                    Form().text("hashType", type).file("file", "fox.txt", Fox.bytes))
                #expect(reply.status == 200, "\(type) \(reply.summary)")
                #expect(reply.json["data"]?["hashType"] == .text(type))
                let file = try #require(reply.json["files"]?["file"], "\(type)")
                #expect(file["hash"] == .text(hash) && file["hashType"] == .text(type))
                #expect(file[type] == .text(hash))
                let detail = try await cluster.otherPrism().post(
                    "/content/detail", ["hash": .text(hash)])
                // A store may have been given one more by another test.
                let copies = try #require(detail.json["copies"]?.int)
                #expect(copies >= 2, "\(type) \(detail.summary)")
                let token = try await cluster.prism().buy(hash)
                let played = try await Member.follow(try await cluster.otherPrism().playURL(token))
                #expect(played.body == Fox.bytes, "\(type) \(played.summary)")
            }
            let wrong = try await cluster.prism().upload(
                Form().text("hashType", "crc32").file("file", "a", [1]))
            #expect(wrong.status == 500, "\(wrong.summary)")
        }

        @Test("finds the type by the bytes, then by the name, then by what the client says")
        func types() async throws {
            let prism = try ConformanceCluster.running().prism()
            let png: [UInt8] =
                [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13] + Array("IHDR".utf8)
            let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16] + Array("JFIF\0".utf8)
            let none = Array("no magic \(Member.freshBytes(4))".utf8)
            let cases: [([UInt8], String, String?, String, String)] = [
                (png, "a.txt", "text/plain", "image/png", "png"),
                (jpeg, "a", nil, "image/jpeg", "jpeg"),
                (none, "a.mp3", "text/plain", "audio/mpeg", "mpga"),
                (none, "a.mov", nil, "video/quicktime", "qt"),
                (none, "a.MP4", nil, "video/mp4", "mp4"),
                (none, "a.nothing", "text/css", "text/css", "css"),
                (none, "a", "application/octet-stream", "application/octet-stream", "bin"),
                (none, "a", nil, "application/octet-stream", "bin"),
                (none, "", nil, "application/octet-stream", "bin"),
            ]
            for (bytes, name, stated, type, ext) in cases {
                let own = bytes + Member.freshBytes(8)
                let reply = try await prism.upload(Form().file("file", name, own, type: stated))
                let file = reply.json["files"]?["file"]
                #expect(file?["mimetype"] == .text(type), "\(name) \(reply.summary)")
                #expect(file?["ext"] == .text(ext), "\(name) \(reply.summary)")
            }
        }

        @Test("of nothing, and of what is there already, is an upload too")
        func again() async throws {
            let prism = try ConformanceCluster.running().prism()
            for bytes in [[], Member.freshBytes(300_000)] {
                let first = try await prism.keep(bytes)
                let second = try await ConformanceCluster.running().otherPrism().keep(bytes)
                #expect(first == second)
                let detail = try await prism.post("/content/detail", ["hash": .text(first)])
                #expect(detail.json["copies"] == 2)
            }
        }

        @Test("needs a form with a file in it")
        func refused() async throws {
            let prism = try ConformanceCluster.running().prism()
            let empty = try await prism.upload(Form().text("hashType", "sha1"))
            #expect(empty.status == 500, "\(empty.summary)")
            #expect(empty.json["error"] != nil)
            let json = try await prism.post("/content/upload", ["file": "x"])
            #expect((400...500).contains(json.status), "\(json.summary)")
            #expect(json.json["error"] != nil)
        }

        @Test("may come in chunks, and wait for '100 Continue'")
        func framing() async throws {
            let prism = try ConformanceCluster.running().prism()
            let connection = try await WebConnection(to: prism.place)
            let bytes = Form().file("file", "a", Member.freshBytes(5000)).bytes
            var body: [UInt8] = []
            for start in stride(from: 0, to: bytes.count, by: 999) {
                let piece = bytes[start..<min(start + 999, bytes.count)]
                body += Array("\(String(piece.count, radix: 16));x=y\r\n".utf8) + piece + [13, 10]
            }
            body += Array("0\r\nTrailer: yes\r\n\r\n".utf8)
            let fields = prism.access.map { ($0.name, $0.value) } + [Form.contentType]
            let reply = try await connection.ask(
                "POST", "/content/upload",
                fields + [("Transfer-Encoding", "chunked"), ("Expect", "100-continue")], body: body)
            #expect(reply.status == 200, "\(reply.summary)")
            #expect(reply.interim == [100])
            let next = try await connection.ask("GET", "/ping")
            #expect(next.status == 200, "the connection goes on")
        }
    }
}
