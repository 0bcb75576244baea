import PrismStandIn
import ProcessFixture
import SFSCore
import SFSWire
import Testing

@testable import sfs

@Suite("sfs rm and sfs undelete")
struct RemoveCommandTests {
    private let missing: ContentHash

    init() throws { missing = try PrismStandIn.hash([9], .sha1) }

    @Test("deletes only when somebody agrees, and does not wait for stores")
    func removing() async throws {
        try await CommandFixture.with { fixture in
            let book = fixture.standIn.plans
            let hash = try fixture.standIn.keep([1])
            book.setSummary(try PlanBook.summary(adding: 0, removing: 2))
            let unsure = try await fixture.sfs(["rm", hash.hex])
            #expect(unsure.status == 64)
            #expect(
                unsure.errorText.contains(
                    "this deletes 2 contents, 2 copies, from the whole cluster"))
            #expect(book.plans.map(\.state) == [.shown])
            let sure = try await fixture.sfs(["rm", hash.hex, "--apply", "--reason", "wrong file"])
            #expect(sure.status == 0, "\(sure.errorText)")
            #expect(sure.lines.last == "contents deleted: 2")
            #expect(sure.errorText.contains("plan 2 goes on; see it with 'sfs task watch 2'"))
            #expect(book.plans.map(\.state) == [.shown, .running])
            #expect(book.orders.map(\.remove) == [.init(hashes: [hash]), .init(hashes: [hash])])
            #expect(book.orders.last?.reason == "wrong file")
            let waited = try await fixture.sfs(["rm", hash.hex, "--apply", "--wait"])
            #expect(waited.lines.contains { $0.hasPrefix("plan 3: 2 of 2 tasks done") })
        }
    }

    @Test("names what is not there, and deletes the rest")
    func partly() async throws {
        try await CommandFixture.with { fixture in
            let hash = try fixture.standIn.keep([1])
            let input = Array("\(hash)\n\(missing)\n".utf8)
            let outcome = try await fixture.sfs(["rm", "--stdin", "--apply"], input: input)
            #expect(outcome.status == 3)
            #expect(outcome.errorText.contains("'\(missing)' is not in the cluster"))
            #expect(fixture.standIn.plans.orders.map(\.remove) == [.init(hashes: [hash])])
            let json = try await fixture.sfs(["rm", hash.hex, "--apply", "--json"])
            let plans = try json.lines.map { try JSON.decode(PlanReply.self, from: Array($0.utf8)) }
            #expect(plans.map(\.state) == [.shown, .running])
            #expect(try await fixture.sfs(["rm", missing.hex, "--apply"]).status == 1)
            for words in [[], [""], ["zz", "--apply"], ["--stdin", "x"], ["--all"]] {
                #expect(try await fixture.sfs(["rm"] + words).status == 64, "\(words)")
            }
            #expect(fixture.standIn.plans.orders.count == 2)
        }
    }

    @Test("only shows what would go")
    func trial() async throws {
        try await CommandFixture.with { fixture in
            let hash = try fixture.standIn.keep([1])
            let outcome = try await fixture.sfs(["rm", hash.hex, "--dry-run"])
            #expect(outcome.status == 0)
            #expect(outcome.lines.first == "dry run: remove")
            #expect(fixture.standIn.plans.plans == [])
        }
    }

    @Test("brings contents back at once, and names those that did not come")
    func undeleting() async throws {
        try await CommandFixture.with { fixture in
            let hash = try fixture.standIn.keep([1])
            let back = try await fixture.sfs(["undelete", hash.hex])
            #expect(back.status == 0, "\(back.errorText)")
            #expect(fixture.standIn.plans.orders.map(\.apply) == [true])
            let partly = try await fixture.sfs(["undelete", hash.hex, missing.hex])
            #expect(partly.status == 3)
            #expect(
                partly.errorText == """
                    sfs: '\(missing)' is not in the cluster
                    sfs: 1 of 2 contents did not come back

                    """)
            #expect(try await fixture.sfs(["undelete"]).status == 64)
        }
    }

    @Test("asks a person", arguments: [true, false])
    func asking(isGiven: Bool) async throws {
        try await CommandFixture.with { fixture in
            let hash = try fixture.standIn.keep([1])
            let (status, screen) = try await fixture.conversation(
                "$SFS rm \(hash)", [("Go on", isGiven ? "yes\n" : "\n")])
            #expect(status == (isGiven ? 0 : 1), "\(screen)")
            #expect(fixture.standIn.plans.plans.map(\.state) == [isGiven ? .running : .shown])
        }
    }
}
