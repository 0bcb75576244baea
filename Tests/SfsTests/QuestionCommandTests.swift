import Foundation
import PrismStandIn
import ProcessFixture
import SFSCore
import SFSWire
import Testing

@testable import sfs

@Suite("sfs exists, stat, status and store")
struct QuestionCommandTests {
    private let missing = "da39a3ee5e6b4b0d3255bfef95601890afd80709"

    @Test("answers for each hash, and by the exit status for all")
    func exists() async throws {
        try await CommandFixture.with { fixture in
            let hash = try fixture.standIn.keep([1])
            let all = try await fixture.sfs(["exists", hash.hex])
            #expect(all.text == "\(hash) yes 2\n")
            #expect(all.status == 0)
            let some = try await fixture.sfs(["exists", hash.hex, missing])
            #expect(some.lines == ["\(hash) yes 2", "\(missing) no 0"])
            #expect(some.status == 1)
            let only = try await fixture.sfs(["exists", "--missing", hash.hex, missing])
            #expect(only.lines == ["\(missing) no 0"])
            let json = try await fixture.sfs(["exists", "--json", missing])
            let object = #"{"copies":0,"exists":false,"hash":"\#(missing)","size":0}"#
            #expect(json.text == object + "\n")
        }
    }

    @Test("reads long lists, as put and sha1sum print them, in few questions")
    func list() async throws {
        try await CommandFixture.with { fixture in
            let hash = try fixture.standIn.keep([1])
            let count = 2 * ExistsRequest.contentsPerRequestMaximum + 1
            let lines = [String](repeating: "\(hash)  some name", count: count)
            let input = Array((lines.joined(separator: "\n") + "\n\n\\\(missing)  a\\nb").utf8)
            let outcome = try await fixture.sfs(["exists", "--stdin"], input: input)
            #expect(outcome.lines.count == count + 1)
            #expect(outcome.lines.last == "\(missing) no 0")
            #expect(outcome.status == 1)
            #expect(fixture.standIn.requests.count == 3)
            let bad = try await fixture.sfs(
                ["exists", "--stdin"], input: Array("\(hash)\nzz\n".utf8))
            #expect(bad.status == 64)
            #expect(bad.errorText == "sfs: line 2: 'zz' is not a hash\n")
        }
    }

    @Test("shows what is known of a content")
    func stat() async throws {
        try await CommandFixture.with { fixture in
            let hash = try fixture.standIn.keep([1, 2, 3], fileExtension: "bin")
            let outcome = try await fixture.sfs(["stat", hash.hex])
            #expect(outcome.lines.contains("size       3 B (3 bytes)"))
            #expect(outcome.lines.contains("copies     2 of 2"))
            #expect(outcome.lines.contains("s1     z1    z1    online"))
            #expect(try await fixture.sfs(["stat", missing]).status == 1)
            let json = try await fixture.sfs(["stat", "--json", hash.hex])
            let detail = try JSON.decode(ContentDetail.self, from: json.output)
            #expect(detail.content.hash == hash)
        }
    }

    @Test("gives the cluster's health as the exit status")
    func status() async throws {
        try await CommandFixture.with { fixture in
            let healthy = try await fixture.sfs(["status"])
            #expect(healthy.status == 0)
            #expect(healthy.lines.first == "cluster 'demo' is healthy (sfsd \(Version.text))")
            let facts = [
                "tasks          3 waiting, 1 running, 0 paused, 2 failed; 4.0 KiB to move",
                "repair         2 contents, 4.0 KiB left, 1.0 KiB/s, "
                    + "done by 1970-01-01T00:00:00.000Z",
                "oldest verify  never",
            ]
            #expect(facts.allSatisfy(healthy.lines.contains), "\(healthy.text)")
            fixture.standIn.setFaults { $0.problems = ["store 'demo' is gone"] }
            let ill = try await fixture.sfs(["status"])
            #expect(ill.status == 1)
            #expect(ill.lines.contains("  ! store 'demo' is gone"))
            #expect(ill.errorText == "")
            let json = try await fixture.sfs(["status", "--json"])
            #expect(try JSON.decode(StatusReply.self, from: json.output).problems.count == 1)
        }
    }

    @Test("makes a volume of a folder, by its absolute path")
    func storeInit() async throws {
        try await CommandFixture.with { fixture in
            let outcome = try await fixture.sfs(["store", "init", "disk", "--store", "s7"])
            #expect(outcome.status == 0)
            #expect(outcome.text.contains("'\(fixture.folder)/disk' is now volume"))
            #expect(try await fixture.sfs(["store", "init", ""]).status == 64)
            #expect(try await fixture.sfs(["store", "init", "d", "--store", "NO"]).status == 64)
        }
    }
}

@Suite("sfs")
struct RootCommandTests {
    @Test("says that there is no daemon, and how to start one")
    func noDaemon() async throws {
        try await CommandFixture.with { fixture in
            let outcome = try await fixture.sfs(["status", "--socket", "/tmp/none.sock"])
            #expect(outcome.status == 69)
            #expect(
                outcome.errorText
                    == "sfs: cannot reach sfsd at '/tmp/none.sock'; start one with 'sfsd dev' or "
                    + "'systemctl start sfsd'\n")
        }
    }

    @Test("runs sfs-<verb> from the path with the very arguments, or suggests a verb")
    func external() async throws {
        try await CommandFixture.with { fixture in
            // By another process: one that this forks meanwhile would hold the file open for writing.
            let script = #"#!/bin/sh\nprintf "%%s|" "$@"\nexit 9\n"#
            try await fixture.shell(
                "mkdir bin && printf '\(script)' > bin/sfs-hello && chmod 755 bin/sfs-hello"
            ).succeeded("the script")
            let outcome = try await fixture.sfs(["hello", "a b", "--json", ""])
            #expect(outcome.text == "a b|--json||")
            #expect(outcome.status == 9)
            let typo = try await fixture.sfs(["ptu", "x"])
            #expect(typo.errorText == "sfs: 'ptu' is not a command; did you mean 'put'?\n")
            #expect(typo.status == 64)
        }
    }

    @Test("tells its version, and help for each verb", arguments: Sfs.verbs)
    func help(verb: String) async throws {
        try await CommandFixture.with { fixture in
            #expect(try await fixture.sfs(["--version"]).text == "sfs \(Version.text)\n")
            let help = try await fixture.sfs([verb, "--help"])
            #expect(help.status == 0)
            #expect(help.text.contains("USAGE: sfs"))
            #expect(try await fixture.sfs([verb, "--bogus"]).status == 64)
            // No man(1) on this path, so that the summary is shown.
            let page = try await fixture.sfs(["help", verb], environment: ["PATH": "/nowhere"])
            #expect(page.text.contains("USAGE: sfs \(verb == "help" ? "" : verb)"))
        }
    }

    @Test("says what is wrong in one line, also as JSON")
    func mistakes() async throws {
        try await CommandFixture.with { fixture in
            let plain = try await fixture.sfs(["get"])
            let said = "sfs: missing expected argument '<hash>'; see 'sfs help get'\n"
            #expect(plain.errorText == said)
            let json = try await fixture.sfs(["get", "--json"])
            let error = try JSON.decode(ErrorMessage.self, from: json.errors)
            #expect(error.error.code == .usage)
            #expect(try await fixture.sfs([]).status == 64)
            #expect(try await fixture.sfs(["store"]).status == 64)
            #expect(try await fixture.sfs([""]).status == 64)
        }
    }
}
