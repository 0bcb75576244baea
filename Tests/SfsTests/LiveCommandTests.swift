import PrismStandIn
import ProcessFixture
import SFSCore
import SFSWire
import Testing

@testable import sfs

@Suite("What is shown live")
struct LiveCommandTests {
    private let hash: ContentHash
    private let store: MemberName

    init() throws {
        hash = try PrismStandIn.hash([1], .sha1)
        store = try MemberName(parsing: "s1")
    }

    private func task(_ number: Int64, bytesDone: Int64) -> TaskReply {
        TaskReply(
            task: number, kind: .clone, state: .running, hash: hash, store: store, size: 1 << 20,
            bytesDone: bytesDone, plan: 1, attempts: 1, createdAt: Timestamp(milliseconds: 0),
            actor: "root", reason: "")
    }

    @Test("is one report after the other where nobody looks")
    func reports() async throws {
        try await CommandFixture.with { fixture in
            fixture.standIn.plans.setLooksUntilDone(.max)
            try await fixture.sfs(["clone", "--all", "--detach"]).succeeded("the plan")
            fixture.standIn.plans.keep([task(4, bytesDone: 1 << 18)])
            let top = try await fixture.sfs(["top", "--interval", "0.1", "--count", "2"])
            #expect(top.status == 0, "\(top.errorText)")
            #expect(top.lines.filter { $0.hasPrefix("cluster 'demo' is healthy") }.count == 2)
            #expect(top.lines.contains("moving         1 tasks, 0 B/s"))
            #expect(
                top.lines.contains("demo   demo  online  [#####---------------]  25%  75 B"))
            #expect(
                top.lines.contains(
                    "1     clone  [--------------------]   0%  0/3    0       0 B of 3.0 KiB"))
            #expect(top.lines.contains { $0.hasPrefix("4     1     clone  s1     1.0 MiB  25%") })
            #expect(!top.text.contains("\u{1B}"))
            let json = try await fixture.sfs(["top", "--json", "--count", "1"])
            #expect(json.text.contains(#""plans":[{"#))
            for words in [["--interval", "0"], ["--interval", "x"], ["--count", "0"]] {
                #expect(try await fixture.sfs(["top"] + words).status == 64, "\(words)")
            }
        }
    }

    @Test("is the status again and again, until Ctrl-C")
    func status() async throws {
        try await CommandFixture.with { fixture in
            let log = fixture.folder + "/log"
            try await fixture.running(["status", "--watch", "0.1"], log: log) { program in
                _ = try await eventually("three reports") {
                    let said = String(decoding: fixture.read("log") ?? [], as: UTF8.self)
                    return said.split(separator: "cluster 'demo'").count >= 3 ? true : nil
                }
                program.send(2)
                #expect(try await program.ended().status == 130)
            }
            #expect(try await fixture.sfs(["status", "--watch", "0"]).status == 64)
        }
    }

    @Test("goes on when the daemon is away for a while")
    func away() async throws {
        try await CommandFixture.with { fixture in
            let log = fixture.folder + "/log"
            try await fixture.running(["status", "--watch", "0.1"], log: log) { program in
                _ = try await eventually("a report") {
                    fixture.read("log")?.isEmpty ?? true ? nil : true
                }
                fixture.standIn.stop()
                _ = try await eventually("an error") {
                    let said = String(decoding: fixture.read("log") ?? [], as: UTF8.self)
                    return said.contains("cannot reach sfsd") ? true : nil
                }
                #expect(program.end == nil)
                program.send(15)
                #expect(try await program.ended().status == 143)
            }
            #expect(try await fixture.sfs(["status", "--watch"]).status == 69)
        }
    }

    @Test("stands in its place on a terminal, until q is pressed", arguments: ["top", "status"])
    func screen(verb: String) async throws {
        try await CommandFixture.with { fixture in
            let option = verb == "top" ? "--interval" : "--watch"
            let (status, screen) = try await fixture.conversation(
                "stty rows 20 cols 30; $SFS \(verb) \(option) 0.1; echo ended with \\$?; stty -a",
                [("cluster .demo.", "xq")])
            #expect(status == 0, "\(screen)")
            #expect(screen.contains("ended with 0"))
            #expect(screen.contains("\u{1B}[Hcluster 'demo' is healthy (sfs\u{1B}[K"))
            #expect(screen.contains("\u{1B}[J"))
            #expect(screen.contains(" icanon") && screen.contains(" echo "))
        }
    }

    @Test("has rates from one look to the next")
    func rates() {
        var rates = TaskRates()
        let start = ContinuousClock.now
        rates.update([task(1, bytesDone: 100)], at: start)
        #expect(rates.rate(of: task(1, bytesDone: 0)) == nil)
        rates.update([task(1, bytesDone: 300), task(2, bytesDone: 50)], at: start + .seconds(2))
        #expect(rates.rate(of: task(1, bytesDone: 0)) == 100)
        #expect(rates.rate(of: task(2, bytesDone: 0)) == 25)
        #expect(rates.total == 125)
        rates.update([], at: start + .seconds(4))
        #expect(rates.total == 0)
    }

    @Test(
        "draws bars",
        arguments: [
            (0, "[--------------------]   0%"), (0.5, "[##########----------]  50%"),
            (1, "[####################] 100%"), (7, "[####################] 100%"),
            (-1, "[--------------------]   0%"), (.nan, "[--------------------]   0%"),
        ])
    func bar(part: Double, text: String) {
        #expect(Bar.text(part) == text)
    }
}

@Suite("Completing a word")
struct LiveNamesTests {
    /// What the shell would be offered for the word after `command`.
    private func offers(
        _ fixture: CommandFixture, _ command: [String], _ argument: String, _ words: [String] = []
    ) async throws -> [String] {
        let line = ["sfs"] + command + words + [""]
        let call =
            ["---completion"] + command + ["--", argument, "\(line.count - 1)", "0"] + line
        return try await fixture.sfs(call).succeeded("the completion").lines
    }

    @Test("finds the names that the cluster has now")
    func names() async throws {
        try await CommandFixture.with { fixture in
            try await fixture.sfs(["balance"]).succeeded("a plan")
            try fixture.standIn.members.change("s2") { $0.condition = .retired }
            let expected: [LiveNames: [String]] = [
                .members: ["p1", "s1", "s3"], .prisms: ["p1"], .stores: ["s1", "s3"],
                .zones: ["z1", "z2"], .places: ["s1", "s3", "zone:z1", "zone:z2"], .plans: ["1"],
            ]
            for kind in LiveNames.allCases {
                let found = try await fixture.sfs(["complete-names", kind.rawValue])
                #expect(found.lines == expected[kind], "\(kind)")
            }
        }
    }

    @Test("asks another run of this program for them, which has only so much time")
    func asking() async throws {
        try await CommandFixture.with { fixture in
            let words = ["sfs", "can", "--socket", fixture.socket, "stop", ""]
            let sfs = try CommandFixture.binary
            let names = LiveNames.stores.names(for: words, asking: sfs, within: .seconds(60))
            #expect(names == ["s1", "s2", "s3"])
            let none = LiveNames.stores.names(for: words, asking: sfs, within: .zero)
            #expect(none == [])
        }
    }

    @Test("offers them to the shell, or nothing when the machine is too busy")
    func offering() async throws {
        try await CommandFixture.with { fixture in
            let words = try await offers(fixture, ["can"], "positional@1")
            #expect(words.isEmpty || words == ["s1", "s2", "s3"])
        }
    }

    @Test("asks whom the line says, and is silent when nobody answers in time")
    func silence() async throws {
        try await CommandFixture.with { fixture in
            let elsewhere = ["--socket", "/tmp/none.sock"]
            #expect(try await offers(fixture, ["store", "show"], "positional@0", elsewhere) == [])
            let deaf = try RawServer { connection in connection.waitForClose() }
            defer { deaf.stop() }
            let start = ContinuousClock.now
            let url = ["--url", deaf.address]
            #expect(try await offers(fixture, ["store", "show"], "positional@0", url) == [])
            #expect(.now - start < .seconds(20))
        }
    }

    @Test("takes over only plain words")
    func connection() {
        let words = [
            "sfs", "--url", "http://x", "--token", "$SECRET", "--socket=/s", "--token-file", "a b",
            "--url='y'", "--socket",
        ]
        #expect(
            LiveNames.connection(in: words) == [
                "--url", "http://x", "--socket=/s", "--token-file", "a b",
            ])
    }
}
