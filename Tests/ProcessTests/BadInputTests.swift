import Foundation
import ProcessFixture
import Testing

@Suite("Bad input", .serialized)
struct BadInputTests {
    @Test("gets one clear line, the right exit status, and leaves nothing")
    func commands() async throws {
        try await ProcessCluster.with { test in
            let file = try test.file("a.bin", size: 5000)
            let unknown = String(repeating: "ab", count: 20)
            let cases: [([String], Int32, String)] = [
                (["get", "nonsense"], 64, "'nonsense' is not a hash"),
                (["get", ""], 64, ""),
                (["get", "../../etc/passwd"], 64, "is not a hash"),
                (["get", unknown], 1, unknown),
                (["get", unknown, "--range", "5-2"], 64, "5-2"),
                (["stat", unknown], 1, unknown),
                (["exists", unknown], 1, ""),
                (["exists", "nonsense"], 64, "'nonsense'"),
                (["put", "no-such-file"], 66, "no-such-file"),
                (["put", test.folder], 66, test.folder),
                (["put", file, "--expect", unknown], 65, unknown),
                (["put", file, "--hash", "crc32"], 64, "crc32"),
                (["put", file, "--copies", "1"], 64, "copies"),
                (["put", file, "--copies", "9", "--no-precheck"], 69, "stores"),
                (["put", file, "--ext", "../x"], 64, "../x"),
                (["put", file, "--type", "text"], 64, "text"),
                (["put"], 64, ""),
                (["pt", file], 64, "did you mean 'put'"),
                (["put", "--no-such-option", file], 64, "no-such-option"),
                (["store", "init", test.folder], 78, test.folder),
            ]
            for (arguments, status, text) in cases {
                let result = try await test.cluster.sfs(arguments, folder: test.folder)
                let said = "\(arguments): \(result.end): \(result.errorText)"
                #expect(result.status == status, "\(said)")
                #expect(text.isEmpty || result.errorText.contains(text), "\(said)")
                #expect(result.errorText.hasPrefix("sfs: ") || arguments[0] == "exists", "\(said)")
                #expect(result.errorText.split(separator: "\n").count <= 1, "\(said)")
            }
            #expect(try test.files(below: "content").isEmpty)
            #expect(try test.files(below: "spool").isEmpty)
            #expect(try FileManager.default.contentsOfDirectory(atPath: test.folder) == ["a.bin"])
            #expect(try await test.sfs("status").status == 0)
        }
    }

    @Test("never leaves a wrong file under the asked name")
    func wrongBytes() async throws {
        try await ProcessCluster.with { test in
            let file = try test.file("a", size: 2_000_000)
            let hash = String(try await test.sfs("put", file).succeeded("put").text.prefix(40))
            for path in try test.files(below: "content") {
                let handle = try #require(FileHandle(forUpdatingAtPath: path))
                try handle.seek(toOffset: 1_000_000)
                try handle.write(contentsOf: Data("wrong".utf8))
                try handle.close()
            }
            let get = try await test.sfs("get", hash, "-o", "back")
            #expect(get.status != 0)
            #expect(!FileManager.default.fileExists(atPath: "\(test.folder)/back"))
        }
    }

    @Test("in a directory costs only the bad file, which is named")
    func partial() async throws {
        try await ProcessCluster.with { test in
            let folder = "\(test.folder)/many"
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: false)
            for number in 0..<5 {
                try Data("file \(number)".utf8).write(to: URL(filePath: "\(folder)/\(number)"))
            }
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/broken", withDestinationPath: "/nowhere/at/all")
            let put = try await test.sfs("put", "-r", folder)
            #expect(put.status == 3)
            #expect(put.errorText.contains("broken"))
            #expect(put.lines.count == 5)
        }
    }

    @Test("of an empty file, a strange name, or a stream is no bad input at all")
    func goodInput() async throws {
        try await ProcessCluster.with { test in
            let empty = try test.file("empty", size: 0)
            let put = try await test.sfs("put", empty).succeeded("empty")
            #expect(put.text.hasPrefix("da39a3ee5e6b4b0d3255bfef95601890afd80709  "))
            try await test.sfs("get", String(put.text.prefix(40)), "-o", "back").succeeded("get")
            #expect(test.isEqual(empty, "\(test.folder)/back"))
            let piped = try await test.sfs("put", "-", input: Array("hello".utf8)).succeeded("-")
            #expect(piped.text.hasPrefix("aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d  -"))
            let name = Array("\(test.folder)/".utf8) + [0xff, 0x0a, 0x5c, 0x27]
            try await run(
                "sh",
                bytes: [Array("-c".utf8), Array("echo x > \"$1\"".utf8), Array("sh".utf8), name]
            ).succeeded("make a file")
            let strange = try await run(
                test.cluster.programs.sfs, bytes: [Array("put".utf8), name],
                environment: ["SFS_SOCKET": test.layout.socket])
            #expect(strange.status == 0, "\(strange.errorText)")
            #expect(strange.lines.count == 1)
        }
    }

    @Test("is refused over HTTP, and the cluster goes on")
    func http() async throws {
        try await ProcessCluster.with { test in
            let url = test.layout.url
            let token = "Authorization: Bearer \(test.layout.token)"
            let big = try test.file("big.json", size: 6 << 20)
            let cases: [([String], String)] = [
                ([url + "/v1/status"], "401"),
                (["-H", "Authorization: Bearer wrong", url + "/v1/status"], "401"),
                (["-H", token, url + "/v1/status"], "200"),
                ([url + "/healthz"], "200"),
                ([url + "/readyz"], "200"),
                (["-H", token, url + "/v1/contents/nonsense"], "400"),
                (["-H", token, url + "/v1/contents/..%2f..%2fetc%2fpasswd"], "404"),
                (["-H", token, "-X", "DELETE", url + "/v1/status"], "405"),
                (["-H", token, url + "/v1/store/health"], "404"),
                (["-H", token, "-d", "{", url + "/v1/contents/exists"], "400"),
                (["-H", token, "-d", "{\"hashes\":[\"x\"]}", url + "/v1/contents/exists"], "400"),
                (["-H", token, "--data-binary", "@\(big)", url + "/v1/contents/exists"], "413"),
                (["-H", "X: " + String(repeating: "x", count: 70_000), url + "/healthz"], "431"),
                (["-H", token, "-d", "x", url + "/v1/contents?copies=x"], "400"),
                (["-H", token, "-d", "x", url + "/v1/contents?nonsense=1"], "400"),
                (["-H", token, "-d", "{\"folder\":\"/tmp\"}", url + "/v1/stores/init"], "403"),
            ]
            for (arguments, status) in cases {
                let result = try await run(
                    "curl", ["-s", "-o", "/dev/null", "-w", "%{http_code}"] + arguments)
                #expect(result.text == status, "\(arguments.map { $0.prefix(120) })")
            }
            #expect(try await test.sfs("status").status == 0)
        }
    }

    @Test("of a client that goes away leaves nothing")
    func disconnect() async throws {
        try await ProcessCluster.with { test in
            let file = try test.file("a", size: 50_000_000)
            let result = try await run(
                "curl",
                [
                    "-s", "--limit-rate", "20M", "--max-time", "0.5", "-o", "/dev/null",
                    "-H", "Authorization: Bearer \(test.layout.token)", "--data-binary",
                    "@\(file)", test.layout.url + "/v1/contents",
                ])
            #expect(result.status == 28)
            _ = try await eventually("an empty spool") {
                try test.files(below: "spool").isEmpty ? true : nil
            }
            #expect(try test.files(below: "content").isEmpty)
        }
    }

    @Test("is met where no daemon runs, with the way to start one")
    func noDaemon() async throws {
        let result = try await run(
            try Programs.find().sfs, ["status"], environment: ["SFS_SOCKET": "/nowhere/sfsd.sock"])
        #expect(result.status == 69)
        #expect(result.errorText.contains("sfsd dev"))
    }
}
