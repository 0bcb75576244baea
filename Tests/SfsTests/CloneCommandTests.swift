import PrismStandIn
import ProcessFixture
import SFSCore
import SFSWire
import Testing

@testable import sfs

@Suite("sfs clone")
struct CloneCommandTests {
    private let hash: ContentHash
    private let other: ContentHash

    init() throws {
        hash = try PrismStandIn.hash([1], .sha1)
        other = try PrismStandIn.hash([2], .sha256)
    }

    private func name(_ text: String) throws -> MemberName { try MemberName(parsing: text) }

    @Test("begins at once with what adds copies, and tells what was moved")
    func adding() async throws {
        try await CommandFixture.with { fixture in
            let book = fixture.standIn.plans
            let outcome = try await fixture.sfs([
                "clone", hash.hex, other.hex, hash.hex, "--copies", "3", "--below", "2",
                "--above", "7", "--to", "zone:z2", "--no-verify", "--bwlimit", "20M",
                "--concurrency", "2", "--reason", "new film",
            ])
            #expect(outcome.status == 0, "\(outcome.errorText)")
            let clone = CloneOrder(
                contents: ContentSelection(hashes: [hash, other]), below: 2, copies: 3,
                toZone: try name("z2"), verifiesSource: false)
            #expect(
                book.orders == [
                    PlanOrder(
                        clone: clone, apply: true, reason: "new film", bandwidth: 20_000_000,
                        concurrency: 2)
                ])
            #expect(outcome.lines.first == "plan 1: clone, running, by 'root': new film")
            #expect(outcome.lines.contains("copies    +3"))
            #expect(outcome.lines.contains("time      about 1:15 at 1.0 MiB/s"))
            #expect(outcome.lines.contains("limits    19.1 MiB/s, 2 tasks at once at each store"))
            #expect(outcome.lines.contains("s1     z1    20%   40%    20.0 MiB  40.0 MiB  +3"))
            #expect(outcome.lines.last == "plan 1: 3 of 3 tasks done, 3.0 KiB in 0:02, 1.5 KiB/s")
        }
    }

    @Test("selects by hash, list, prefix, store, zone or all")
    func selections() async throws {
        try await CommandFixture.with { fixture in
            let book = fixture.standIn.plans
            try fixture.write(Array("\(hash)  film\n\(other)\n".utf8), to: "list")
            let choices: [([String], ContentSelection)] = [
                (["-i", "list"], ContentSelection(hashes: [hash, other])),
                (["--prefix", "aB3"], ContentSelection(prefix: "ab3")),
                (["--on", "s1"], ContentSelection(store: try name("s1"))),
                (["--in", "z1"], ContentSelection(zone: try name("z1"))),
                (["--all"], ContentSelection(all: true)),
            ]
            for (words, selection) in choices {
                let outcome = try await fixture.sfs(["clone", "--detach"] + words)
                #expect(outcome.status == 0, "\(words): \(outcome.errorText)")
                #expect(book.orders.last?.clone?.contents == selection)
            }
            let input = Array("\(hash)\0\(other)\0".utf8)
            try await fixture.sfs(["clone", "-0", "-i", "-", "--detach"], input: input)
                .succeeded("a list from standard input")
            #expect(book.orders.last?.clone?.contents.hashes == [hash, other])
        }
    }

    @Test("never takes an empty or doubtful word for more than it says")
    func nonsense() async throws {
        let mistakes = [
            [], [""], ["--prefix", ""], ["--prefix", "xyz"], ["--on", ""], ["--in", ""],
            ["-i", ""], ["--all", "HASH"], ["--all", "--on", "s1"], ["-0", "HASH"],
            ["HASH", "--copies", "0"], ["HASH", "--below", "-1"], ["HASH", "--to", ""],
            ["HASH", "--to", "zone:"], ["HASH", "--bwlimit", "0"], ["HASH", "--concurrency", "0"],
            ["HASH", "--apply"], ["HASH", "--reason", ""], ["--detail", "HASH", "HASH"],
            ["zz"],
        ]
        try await CommandFixture.with { fixture in
            for arguments in mistakes {
                let words = arguments.map { $0 == "HASH" ? hash.hex : $0 }
                let outcome = try await fixture.sfs(["clone"] + words)
                #expect(outcome.status == 64, "\(arguments): \(outcome.errorText)")
            }
            #expect(try await fixture.sfs(["clone", "-i", "nothing"]).status == 66)
            #expect(try await fixture.sfs(["clone", "-i", "."]).status == 66)
            #expect(fixture.standIn.plans.orders.isEmpty)
        }
    }

    @Test("makes several plans of a long list, and says what goes on when its end is bad")
    func longList() async throws {
        try await CommandFixture.with { fixture in
            let count = ContentSelection.hashesMaximum + 1
            let lines = (0..<count).map { number in
                let digits = String(number, radix: 16)
                return String(repeating: "0", count: 40 - digits.count) + digits
            }
            let input = Array(lines.joined(separator: "\n").utf8)
            let whole = try await fixture.sfs(["clone", "--stdin", "--detach"], input: input)
            #expect(whole.status == 0, "\(whole.errorText)")
            let orders = fixture.standIn.plans.orders.compactMap { $0.clone?.contents.hashes }
            #expect(orders.map(\.count) == [ContentSelection.hashesMaximum, 1])
            let bad = try await fixture.sfs(
                ["clone", "--stdin"], input: input + Array("\nzz".utf8))
            #expect(bad.status == 64)
            #expect(bad.errorText.contains("plan 3 goes on; see it with 'sfs task watch 3'"))
            #expect(bad.errorText.contains("line \(count + 1): 'zz' is not a hash"))
        }
    }

    @Test("asks before it takes copies away", arguments: ["--remove", "--away"])
    func removing(option: String) async throws {
        try await CommandFixture.with { fixture in
            let book = fixture.standIn.plans
            book.setSummary(try PlanBook.summary(adding: 0, removing: 4))
            let words = ["clone", "--on", "s1", option] + (option == "--away" ? ["s1"] : [])
            let unsure = try await fixture.sfs(words)
            #expect(unsure.status == 64)
            #expect(
                unsure.errorText == """
                    sfs: this takes 4 copies away; no content has fewer than 2 on the way
                    sfs: apply this plan later with 'sfs plan apply 1'
                    sfs: nobody is there to be asked; use '--apply' to go on

                    """)
            #expect(book.plans.map(\.state) == [.shown])
            let sure = try await fixture.sfs(words + ["--apply"])
            #expect(sure.status == 0, "\(sure.errorText)")
            #expect(book.orders.map(\.apply) == [false, false])
            #expect(book.plans.map(\.state) == [.shown, .done])
            #expect(book.orders.last?.clone?.removesSurplus == (option == "--remove"))
        }
    }

    @Test("only tries it, only shows one content, or does nothing where nothing is to do")
    func looking() async throws {
        try await CommandFixture.with { fixture in
            let book = fixture.standIn.plans
            let trial = try await fixture.sfs(["clone", "--all", "--dry-run"])
            #expect(trial.lines.first == "dry run: clone")
            #expect(book.plans == [])
            let kept = try fixture.standIn.keep([1, 2, 3], fileExtension: "bin")
            let detail = try await fixture.sfs(["clone", "--detail", kept.hex])
            #expect(detail.lines.contains("copies     2 of 2"))
            book.setSummary(
                try PlanBook.summary(
                    adding: 0,
                    leavingAlone: [.init(reason: "enough copies", contents: 3, example: hash)]))
            let nothing = try await fixture.sfs(["clone", "--all"])
            #expect(nothing.status == 0)
            #expect(nothing.lines.first?.hasSuffix("; nothing is to move") == true)
            #expect(nothing.lines.last == "  3  enough copies (such as \(hash))")
        }
    }

    @Test("keeps how many copies are wanted, without asking when none is taken away")
    func wanting() async throws {
        try await CommandFixture.with { fixture in
            let book = fixture.standIn.plans
            book.setSummary(try PlanBook.summary(adding: 0))
            let words = ["clone", hash.hex, "--remove"]
            try await fixture.sfs(words).succeeded("nothing")
            #expect(book.plans.map(\.state) == [.shown])
            try await fixture.sfs(words + ["--copies", "2"]).succeeded("the number")
            #expect(book.plans.map(\.state) == [.shown, .done])
        }
    }

    @Test("names what failed, and exits with 3")
    func failures() async throws {
        try await CommandFixture.with { fixture in
            let book = fixture.standIn.plans
            book.setFailed([
                TaskReply(
                    task: 7, kind: .clone, state: .failed, hash: hash, store: try name("s2"),
                    size: 10, bytesDone: 0, plan: 1, attempts: 5,
                    createdAt: Timestamp(milliseconds: 0), actor: "root", reason: "",
                    problem: "it is full")
            ])
            let outcome = try await fixture.sfs(["clone", "--all"])
            #expect(outcome.status == 3)
            #expect(
                outcome.errorText == """
                    sfs: cannot clone '\(hash)' to store 's2': it is full (task 7)
                    sfs: 1 of 3 tasks of plan 1 failed; try them again with \
                    'sfs task retry --plan 1'

                    """)
            let json = try await fixture.sfs(["clone", "--all", "--json"])
            let plans = try json.lines.map { try JSON.decode(PlanReply.self, from: Array($0.utf8)) }
            #expect(plans.map(\.state) == [.running, .done])
        }
    }

    @Test("detaches at Ctrl-C, and says how to see it again")
    func detaching() async throws {
        try await CommandFixture.with { fixture in
            fixture.standIn.plans.setLooksUntilDone(.max)
            let log = fixture.folder + "/log"
            try await fixture.running(["clone", "--all"], log: log) { program in
                _ = try await eventually("the plan is looked at") {
                    fixture.standIn.requests.contains { $0.target == "/v1/plans/1" } ? true : nil
                }
                program.send(2)
                #expect(try await program.ended().status == 130)
            }
            let said = String(decoding: fixture.read("log") ?? [], as: UTF8.self)
            let remedy = "plan 1 goes on; see it with 'sfs task watch 1', "
            #expect(said.contains(remedy + "stop it with 'sfs plan cancel 1'"))
            #expect(fixture.standIn.plans.plans.map(\.state) == [.running])
        }
    }
}
