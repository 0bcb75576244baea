import Foundation
import PrismStandIn
import ProcessFixture
import SFSCore
import Testing

@Suite("sfs put")
struct PutCommandTests {
    private func sha1(_ text: String) throws -> String {
        try PrismStandIn.hash(Array(text.utf8), .sha1).hex
    }

    @Test("prints hash and name, and sends no bytes the second time")
    func twice() async throws {
        try await CommandFixture.with { fixture in
            try fixture.write(Array("abc".utf8), to: "film.mp4")
            for expectedPuts in [1, 1] {
                let outcome = try await fixture.sfs(["put", "film.mp4"])
                #expect(outcome.text == "\(try sha1("abc"))  film.mp4\n")
                #expect(outcome.errorText == "")
                #expect(outcome.status == 0)
                #expect(fixture.standIn.puts == expectedPuts)
            }
            let always = try await fixture.sfs(["put", "--no-precheck", "film.mp4"])
            #expect(always.status == 0)
            #expect(fixture.standIn.puts == 2)
        }
    }

    @Test("tells the cluster extension, type and copies, and prints JSON")
    func attributes() async throws {
        try await CommandFixture.with { fixture in
            try fixture.write([], to: "empty.MP4")
            let outcome = try await fixture.sfs(["put", "--json", "--copies", "3", "empty.MP4"])
            let object = try #require(
                JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
            #expect(object["hash"] as? String == "da39a3ee5e6b4b0d3255bfef95601890afd80709")
            #expect(object["name"] as? String == "empty.MP4")
            #expect(object["size"] as? Int == 0)
            #expect(object["copies"] as? Int == 3)
            #expect(object["mimeType"] as? String == "video/mp4")
            #expect(object["mimeExtension"] as? String == "mp4")
            #expect(object["sent"] as? Bool == true)
        }
    }

    @Test("goes through folders and past bad files, and names them")
    func recursive() async throws {
        try await CommandFixture.with { fixture in
            for index in 0..<300 {
                try fixture.write(Array("\(index)".utf8), to: "d/\(index % 7)/\(index)")
            }
            try FileManager.default.createSymbolicLink(
                atPath: fixture.folder + "/d/bad", withDestinationPath: "nowhere")
            let outcome = try await fixture.sfs(["put", "-r", "-j", "3", "d"])
            #expect(outcome.status == 3)
            #expect(outcome.lines.count == 300)
            #expect(outcome.lines.first == "\(try sha1("0"))  d/0/0")
            #expect(outcome.errorText.contains("'d/bad'"))
            #expect(outcome.errorText.contains("1 of 301 files were not put"))
            #expect(fixture.standIn.hashes.count == 300)
        }
    }

    @Test("puts standard input, a list, and a list with NULs")
    func input() async throws {
        try await CommandFixture.with { fixture in
            let stream = try await fixture.sfs(["put", "-"], input: Array("abc".utf8))
            #expect(stream.text == "\(try sha1("abc"))  -\n")
            try fixture.write(Array("1".utf8), to: "a b")
            try fixture.write(Array("2".utf8), to: "-")
            let lines = try await fixture.sfs(["put", "--stdin"], input: Array("a b\n-".utf8))
            #expect(lines.text == "\(try sha1("1"))  a b\n\(try sha1("2"))  -\n")
            try fixture.write(Array("3".utf8), to: "line\nbreak")
            let nuls = try await fixture.sfs(
                ["put", "--stdin", "-0"], input: Array("line\nbreak\0a b\0".utf8))
            #expect(nuls.text == "\\\(try sha1("3"))  line\\nbreak\n\(try sha1("1"))  a b\n")
        }
    }

    @Test("takes and prints names of any bytes")
    func anyName() async throws {
        try await CommandFixture.with { fixture in
            let script = #"name=$(printf '\377A'); echo abc > "$name"; exec "$SFS" put "$name""#
            let outcome = try await fixture.shell(script)
            #expect(outcome.status == 0)
            #expect(outcome.output.suffix(4) == [0x20, 0xFF, 0x41, 0x0A])
        }
    }

    @Test(
        "fails as the one file fails",
        arguments: [
            (["put", "missing"], 66), (["put", "folder"], 66),
            (["put", "--expect", "zz", "f"], 64),
            (["put", "--expect", "da39a3ee5e6b4b0d3255bfef95601890afd80709", "f"], 65),
            (
                [
                    "put", "--no-precheck", "--expect", "da39a3ee5e6b4b0d3255bfef95601890afd80709",
                    "f",
                ], 65
            ),
            (
                [
                    "put", "--expect", "da39a3ee5e6b4b0d3255bfef95601890afd80709", "--hash", "md5",
                    "f",
                ], 64
            ),
            (["put", "--hash", "crc32", "f"], 64), (["put", "--copies", "0", "f"], 64),
            (["put", "--type", "video", "f"], 64), (["put", ""], 64), (["put"], 64),
            (["put", "-r", ""], 64), (["put", "--stdin", "f"], 64), (["put", "f", "missing"], 3),
        ])
    func failures(arguments: [String], status: Int) async throws {
        try await CommandFixture.with { fixture in
            try fixture.write(Array("abc".utf8), to: "f")
            try fixture.write([], to: "folder/x")
            let outcome = try await fixture.sfs(arguments)
            #expect(outcome.status == Int32(status))
            #expect(outcome.errorText.hasPrefix("sfs: "))
            #expect(fixture.standIn.hashes.count == (status == 3 ? 1 : 0))
        }
    }

    @Test("puts what it expects, by the algorithm of the expectation")
    func expectation() async throws {
        try await CommandFixture.with { fixture in
            try fixture.write(Array("abc".utf8), to: "f")
            let hash = try PrismStandIn.hash(Array("abc".utf8), .sha512)
            let outcome = try await fixture.sfs(["put", "--expect", hash.hex.uppercased(), "f"])
            #expect(outcome.text == "\(hash)  f\n")
        }
    }

    @Test("sends after all when the content goes away between question and top-up")
    func forgotten() async throws {
        try await CommandFixture.with { fixture in
            try fixture.write(Array("abc".utf8), to: "f")
            let hash = try fixture.standIn.keep(Array("abc".utf8))
            fixture.standIn.setFaults { $0.forgetsOnTopUp = true }
            #expect(try await fixture.sfs(["put", "f"]).status == 0)
            #expect(fixture.standIn.puts == 1)
            #expect(fixture.standIn.bytes(of: hash) != nil)
        }
    }

    @Test("says what the cluster says, with the name of the file")
    func refusal() async throws {
        try await CommandFixture.with { fixture in
            try fixture.write(Array("abc".utf8), to: "f")
            fixture.standIn.setFaults { $0.refusal = SFSError(.noSpace, "every store is full") }
            let outcome = try await fixture.sfs(["put", "f"])
            #expect(outcome.status == 74)
            #expect(outcome.errorText == "sfs: cannot put 'f': every store is full\n")
            let json = try await fixture.sfs(["put", "--json", "f"])
            #expect(
                json.errorText
                    == #"{"error":{"code":"no-space","message":"cannot put 'f': every store is full"}}"#
                    + "\n")
        }
    }
}
