import PrismStandIn
import ProcessFixture
import SFSCore
import SFSWire
import Testing

@testable import sfs

@Suite("sfs prune, rule, catalog, doctor and audit")
struct CareCommandTests {
    private let hashes: [ContentHash]
    private let store: MemberName

    init() throws {
        hashes = try (0..<5).map { try PrismStandIn.hash([$0], .sha1) }.sorted()
        store = try MemberName(parsing: "s1")
    }

    @Test("prunes at once, tells what was freed, and names what failed")
    func prune() async throws {
        try await CommandFixture.with { fixture in
            let book = fixture.standIn.passes
            book.setPruned([
                .init(kind: .sessions, count: 3, bytes: 0),
                .init(kind: .trash, store: store, count: 2, bytes: 2048),
            ])
            let outcome = try await fixture.sfs(["prune"])
            #expect(outcome.status == 0)
            #expect(
                outcome.lines == [
                    "KIND      WHERE    GONE  BYTES", "sessions  catalog  3     -",
                    "trash     s1       2     2.0 KiB", "2.0 KiB freed",
                ])
            let trial = try await fixture.sfs(
                ["prune", "--dry-run", "--only", "trash", "--only", "spool", "--json"])
            #expect(trial.lines.count == 1)
            #expect(
                book.prunes == [PruneOrder(), PruneOrder(only: [.trash, .spool], dryRun: true)])
            book.setPruned([
                .init(kind: .spool, store: store, count: 0, bytes: 0, problem: "no answer")
            ])
            let failed = try await fixture.sfs(["prune"])
            #expect(failed.status == 3)
            #expect(failed.errorText == "sfs: cannot prune spool of store 's1': no answer\n")
            #expect(try await fixture.sfs(["prune", "--only", ""]).status == 64)
        }
    }

    @Test("gives contents rules, shows, lists and takes them away")
    func rules() async throws {
        try await CommandFixture.with { fixture in
            let book = fixture.standIn.care
            let set = try await fixture.sfs([
                "rule", "set", hashes[0].hex, "--copy-minimum", "3", "--force-on", "s1,s2",
                "--force-on", "s3", "--protect-all", "--ban-on", "s4",
            ])
            let text = "minimum 3, force on s1+s2+s3, protect all, ban on s4"
            #expect(set.text == "\(hashes[0]) \(text)\n")
            #expect(book.rules[hashes[0]]?.forcedStore.map(\.text) == ["s1", "s2", "s3"])
            #expect(try await fixture.sfs(["rule", "show", hashes[0].hex]).text == set.text)
            let input = Array(hashes.map(\.hex).joined(separator: "\n").utf8)
            try await fixture.sfs(
                ["rule", "set", "-i", "-", "--copy-maximum", "2"], input: input
            ).succeeded("the rules")
            #expect(book.rules[hashes[0]] == RulesMessage(copyMaximum: 2))
            let list = try await fixture.sfs(["rule", "list", "--json"])
            #expect(list.lines.count == hashes.count)
            let clear = try await fixture.sfs(["rule", "clear", hashes[0].hex])
            #expect(clear.text == "\(hashes[0]) -\n")
            let partly = try await fixture.sfs(["rule", "clear", hashes[0].hex, hashes[1].hex])
            #expect(partly.status == 3)
            let mistakes = [
                ["--copy-minimum", "3"], ["HASH"], ["HASH", "--copy-minimum", "0"],
                ["HASH", "--copy-minimum", "3", "--copy-maximum", "2"], ["HASH", "--ban-on", ""],
                ["HASH", "--ban-on", "s1,"],
            ]
            for words in mistakes {
                let words = words.map { $0 == "HASH" ? hashes[0].hex : $0 }
                let outcome = try await fixture.sfs(["rule", "set"] + words)
                #expect(outcome.status == 64, "\(words): \(outcome.errorText)")
            }
        }
    }

    @Test("dumps the catalog, to a file that appears only when it is whole")
    func dump() async throws {
        try await CommandFixture.with { fixture in
            let book = fixture.standIn.care
            book.setDump(
                hashes.map { hash in
                    DumpLine(rules: RulesReply(hash: hash, rules: RulesMessage(copyMinimum: 2)))
                })
            let printed = try await fixture.sfs(["catalog", "dump"])
            let read = try printed.lines.map { line in
                try JSON.decode(DumpLine.self, from: Array(line.utf8)).rules?.hash
            }
            #expect(read == hashes)
            let written = try await fixture.sfs(["catalog", "dump", "all.json"])
            #expect(written.text == "")
            #expect(fixture.read("all.json") == printed.output)
            #expect(try await fixture.sfs(["catalog", "dump", ""]).status == 64)
            let url = try await fixture.sfs(["catalog", "url"])
            #expect(url.text == "postgres://demo\n")
            #expect(url.errorText == "sfs: sfsd runs it itself\n")
        }
    }

    @Test("rebuilds the catalog, or only watches that")
    func rebuild() async throws {
        try await CommandFixture.with { fixture in
            let book = fixture.standIn.care
            let outcome = try await fixture.sfs(["catalog", "rebuild"])
            #expect(outcome.status == 0, "\(outcome.errorText)")
            #expect(outcome.text == "contents: 10\n")
            let watched = try await fixture.sfs(["catalog", "rebuild", "--watch", "--json"])
            #expect(try JSON.decode(RebuildReply.self, from: watched.output).isDone)
            #expect(book.rebuilds == 1)
            let left = try await fixture.sfs(["catalog", "rebuild", "--detach"])
            #expect(left.status == 0)
            #expect(left.errorText.contains("sfs catalog rebuild --watch"))
            #expect(book.rebuilds == 2)
        }
    }

    @Test("tells what is wrong, the worst first, with what to do")
    func doctor() async throws {
        try await CommandFixture.with { fixture in
            let book = fixture.standIn.care
            let findings: [DoctorReply.Finding] = [
                .init(severity: .fine, area: "tls", subject: "p1", message: "good", remedy: ""),
                .init(
                    severity: .warning, area: "clock", subject: "s1", message: "is 3 s late",
                    remedy: "run an NTP client"),
            ]
            book.setFindings(findings)
            let fine = try await fixture.sfs(["doctor"])
            #expect(fine.status == 0)
            #expect(
                fine.lines == [
                    "warning  clock s1: is 3 s late", "         -> run an NTP client",
                    "fine     tls p1: good", "0 errors, 1 warnings, 1 things are fine",
                ])
            book.setFindings(
                findings + [
                    .init(
                        severity: .error, area: "mount", subject: "s2", message: "is full",
                        remedy: "")
                ])
            let ill = try await fixture.sfs(["doctor"])
            #expect(ill.status == 1)
            #expect(ill.lines.first == "ERROR    mount s2: is full")
            #expect(try await fixture.sfs(["doctor", "--json"]).lines.count == 3)
        }
    }

    @Test("shows who changed what, page after page")
    func audit() async throws {
        try await CommandFixture.with { fixture in
            fixture.standIn.care.keep(
                (1...8).reversed().map { number in
                    AuditEntry(
                        number: number, at: Timestamp(milliseconds: 0),
                        actor: number == 4 ? "cron" : "root", action: "roles",
                        subject: "s1", reason: number == 8 ? "disk\nbroken" : "")
                })
            let all = try await fixture.sfs(["audit"])
            #expect(all.lines.count == 8)
            #expect(
                all.lines.first == "1970-01-01T00:00:00.000Z root roles s1: disk\\x0abroken")
            #expect(try await fixture.sfs(["audit", "--limit", "4", "--json"]).lines.count == 4)
            let cron = try await fixture.sfs(["audit", "--actor", "cron", "--subject", "s1"])
            #expect(cron.lines.count == 1)
            for words in [
                ["--limit", "0"], ["--subject", ""], ["--actor", ""], ["--since", ""],
            ] {
                #expect(try await fixture.sfs(["audit"] + words).status == 64, "\(words)")
            }
        }
    }
}
