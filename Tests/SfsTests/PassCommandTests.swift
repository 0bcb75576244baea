import PrismStandIn
import ProcessFixture
import SFSCore
import SFSWire
import Testing

@testable import sfs

@Suite("sfs verify and sfs inventory")
struct PassCommandTests {
    private let hash: ContentHash
    private let store: MemberName

    init() throws {
        hash = try PrismStandIn.hash([1], .sha1)
        store = try MemberName(parsing: "s1")
    }

    private func replica(_ result: VerifyReply.Result) -> VerifyReply.Replica {
        VerifyReply.Replica(
            hash: hash, store: store, result: result,
            problem: result == .good ? nil : "it was\nread")
    }

    @Test(
        "verifies contents, and gives the worst by its exit status",
        arguments: [
            ([.good], 0), ([.good, .bad], 1), ([.missing], 1), ([.unknown, .bad], 3),
        ] as [([VerifyReply.Result], Int32)])
    func contents(results: [VerifyReply.Result], status: Int32) async throws {
        try await CommandFixture.with { fixture in
            let book = fixture.standIn.passes
            book.setReplicas(results.map(replica))
            let outcome = try await fixture.sfs(["verify", hash.hex, "--force"])
            #expect(outcome.status == status)
            #expect(
                outcome.lines
                    == results.map { result in
                        "\(hash) s1 \(result.rawValue)"
                            + (result == .good ? "" : " it was\\x0aread")
                    })
            #expect(book.verifications == [VerifyOrder(hashes: [hash], force: true)])
            let json = try await fixture.sfs(["verify", "--json", hash.hex])
            #expect(json.lines.count == results.count)
        }
    }

    @Test("verifies long lists a hundred at a time")
    func longList() async throws {
        try await CommandFixture.with { fixture in
            let lines = (100..<350).map { "\(String(repeating: "0", count: 37))\($0)" }
            let input = Array(lines.joined(separator: "\n").utf8)
            let outcome = try await fixture.sfs(["verify", "-i", "-"], input: input)
            #expect(outcome.status == 0)
            #expect(fixture.standIn.passes.verifications.map(\.hashes.count) == [100, 100, 50])
        }
    }

    @Test("goes over volumes, waits and tells what was found")
    func volumes() async throws {
        try await CommandFixture.with { fixture in
            let book = fixture.standIn.passes
            book.setFindings(PassCounters(files: 12, bytes: 1 << 20, valid: 10, quarantined: 2))
            let outcome = try await fixture.sfs([
                "verify", "--zone", "z1", "--since", "2026-11-22", "--force", "--bwlimit", "1MiB",
            ])
            #expect(outcome.status == 1, "\(outcome.errorText)")
            #expect(outcome.lines.last?.hasPrefix("s1     done   100%  12     1.0 MiB  10") == true)
            let midnight = Timestamp(parsing: "2026-11-22T00:00:00.000Z")
            let options = PassOptions(force: true, since: midnight, bandwidth: 1 << 20)
            let zone = try MemberName(parsing: "z1")
            #expect(book.orders == [PassOrder(kind: .verify, zone: zone, options: options)])
            book.setFindings(PassCounters(files: 12, valid: 12))
            #expect(try await fixture.sfs(["verify", "--all"]).status == 0)
            book.setFindings(PassCounters(files: 12, valid: 11, failed: 1))
            let unread = try await fixture.sfs(["verify", "--store", "s1"])
            #expect(unread.status == 3)
            #expect(
                unread.errorText == "sfs: verify of store 's1' could not look at 1 files\n")
            book.setFindings(PassCounters(), .failed)
            let failed = try await fixture.sfs(["verify", "--store", "s1"])
            #expect(failed.status == 3)
            #expect(failed.errorText == "sfs: verify of store 's1' failed: it is gone\n")
        }
    }

    @Test("reconciles volumes, and exits with 1 while differences remain")
    func inventory() async throws {
        try await CommandFixture.with { fixture in
            let book = fixture.standIn.passes
            book.setFindings(PassCounters(files: 9, valid: 5, adopted: 2, repaired: 1, trashed: 1))
            let settled = try await fixture.sfs(["inventory", "--store", "s1", "--force"])
            #expect(settled.status == 0, "\(settled.errorText)")
            #expect(book.orders.map(\.options) == [PassOptions(force: true)])
            for counters in [PassCounters(missing: 1), PassCounters(foreign: 1)] {
                book.setFindings(counters)
                #expect(try await fixture.sfs(["inventory", "--all"]).status == 1)
            }
            let json = try await fixture.sfs(["inventory", "--all", "--json"])
            #expect(try JSON.decode(PassReply.self, from: Array(json.lines[0].utf8)).state == .done)
            let accepting = ["inventory", "--store", "s1", "--accept-missing", "--detach"]
            let left = try await fixture.sfs(accepting)
            #expect(left.status == 0)
            #expect(left.errorText.contains("see them with 'sfs inventory --store s1 --watch'"))
            #expect(book.orders.last?.options == PassOptions(acceptsMissing: true))
        }
    }

    @Test("reports, watches, pauses and resumes what is there, and begins nothing then")
    func actions() async throws {
        try await CommandFixture.with { fixture in
            let book = fixture.standIn.passes
            book.setLooksUntilDone(3)
            #expect(try await fixture.sfs(["verify", "--all", "--report"]).status == 1)
            try await fixture.sfs(["verify", "--all", "--detach"]).succeeded("the passes")
            let paused = try await fixture.sfs(["verify", "--zone", "z2", "--pause"])
            #expect(paused.text == "verify of store 's3' is paused\n")
            let report = try await fixture.sfs(["verify", "--store", "s3", "--report"])
            #expect(report.status == 3)
            #expect(report.errorText.contains("is paused; go on with '--resume'"))
            try await fixture.sfs(["verify", "--all", "--resume"]).succeeded("resuming")
            let watched = try await fixture.sfs(["verify", "--all", "--watch"])
            #expect(watched.status == 0, "\(watched.errorText)")
            #expect(watched.lines.count == 3)
            #expect(book.orders.count == 1)
        }
    }

    @Test("never takes an empty or doubtful word for more than it says")
    func nonsense() async throws {
        let mistakes = [
            ["verify"], ["verify", ""], ["verify", "--store", ""], ["verify", "--zone", ""],
            ["verify", "--all", "HASH"], ["verify", "--all", "--store", "s1"],
            ["verify", "HASH", "--detach"], ["verify", "--all", "--since", ""],
            ["verify", "--all", "--since", "yesterday"], ["verify", "--all", "--bwlimit", ""],
            ["verify", "--all", "--watch", "--report"], ["verify", "--all", "--watch", "--force"],
            ["inventory"], ["inventory", "--store", ""], ["inventory", "--all", "--zone", "z1"],
            ["inventory", "--all", "--accept-missing"], ["inventory", "HASH"],
        ]
        try await CommandFixture.with { fixture in
            for arguments in mistakes {
                let words = arguments.map { $0 == "HASH" ? hash.hex : $0 }
                let outcome = try await fixture.sfs(words)
                #expect(outcome.status == 64, "\(arguments): \(outcome.errorText)")
            }
            #expect(fixture.standIn.requests.isEmpty)
        }
    }

    @Test("detaches at Ctrl-C, and says how to see it again")
    func detaching() async throws {
        try await CommandFixture.with { fixture in
            fixture.standIn.passes.setLooksUntilDone(.max)
            let log = fixture.folder + "/log"
            try await fixture.running(["inventory", "--all"], log: log) { program in
                _ = try await eventually("the passes are looked at") {
                    fixture.standIn.requests.contains { $0.method == "GET" } ? true : nil
                }
                program.send(2)
                #expect(try await program.ended().status == 130)
            }
            let said = String(decoding: fixture.read("log") ?? [], as: UTF8.self)
            #expect(said.contains("it goes on; see it with 'sfs inventory --all --watch'"))
        }
    }
}
