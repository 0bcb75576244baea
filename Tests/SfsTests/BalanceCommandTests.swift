import PrismStandIn
import ProcessFixture
import SFSCore
import SFSWire
import Testing

@testable import sfs

@Suite("sfs balance and sfs store drain")
struct BalanceCommandTests {
    @Test("shows a plan and keeps it, which is no error where nobody can be asked")
    func planning() async throws {
        try await CommandFixture.with { fixture in
            let book = fixture.standIn.plans
            let outcome = try await fixture.sfs(["balance", "--zone", "z1", "--band", "3"])
            #expect(outcome.status == 0)
            #expect(outcome.lines.first == "plan 1: balance, shown, by 'root'")
            #expect(outcome.errorText == "sfs: apply this plan later with 'sfs plan apply 1'\n")
            let order = BalanceOrder(zone: try MemberName(parsing: "z1"), band: 3)
            #expect(book.orders.map(\.balance) == [order])
            #expect(book.plans.map(\.state) == [.shown])
        }
    }

    @Test("applies the very plan that it shows")
    func applying() async throws {
        try await CommandFixture.with { fixture in
            let outcome = try await fixture.sfs(["balance", "--apply"])
            #expect(outcome.status == 0, "\(outcome.errorText)")
            #expect(outcome.lines.last?.hasPrefix("plan 1: 3 of 3 tasks done") == true)
            #expect(
                fixture.standIn.requests.map(\.target).prefix(2) == [
                    "/v1/plans", "/v1/plans/1/apply",
                ])
            fixture.standIn.plans.setRefusal("2 contents have changed since it was shown")
            let refused = try await fixture.sfs(["balance", "--apply"])
            #expect(refused.status == 73)
            #expect(refused.errorText == "sfs: 2 contents have changed since it was shown\n")
        }
    }

    @Test("only asks whether there is anything to do")
    func checking() async throws {
        try await CommandFixture.with { fixture in
            let book = fixture.standIn.plans
            #expect(try await fixture.sfs(["balance", "--check"]).status == 1)
            book.setSummary(try PlanBook.summary(adding: 0))
            #expect(try await fixture.sfs(["balance", "--check"]).status == 0)
            #expect(book.plans == [])
            #expect(try await fixture.sfs(["balance", "--apply"]).status == 0)
            let words = [
                ["--check", "--apply"], ["--band", "0"], ["--store", "s1", "--zone", "z1"],
            ]
            for mistake in words {
                #expect(try await fixture.sfs(["balance"] + mistake).status == 64, "\(mistake)")
            }
        }
    }

    @Test("drains a store only when somebody agrees")
    func draining() async throws {
        try await CommandFixture.with { fixture in
            let book = fixture.standIn.plans
            book.setSummary(try PlanBook.summary(adding: 5, removing: 5))
            let unsure = try await fixture.sfs(["store", "drain", "s1"])
            #expect(unsure.status == 64)
            #expect(unsure.errorText.contains("this moves 5 copies away from store 's1'"))
            let sure = try await fixture.sfs(["store", "drain", "s1", "--apply", "--detach"])
            #expect(sure.status == 0)
            #expect(sure.errorText.contains("plan 2 goes on"))
            #expect(book.plans.map(\.state) == [.shown, .running])
            book.setSummary(try PlanBook.summary(adding: 0))
            try await fixture.sfs(["store", "drain", "s2", "--apply"]).succeeded("an empty store")
            #expect(book.plans.map(\.state) == [.shown, .running, .done])
        }
    }

    @Test("asks a person", arguments: [true, false])
    func asking(isGiven: Bool) async throws {
        try await CommandFixture.with { fixture in
            let (status, screen) = try await fixture.conversation(
                "$SFS balance --quiet", [("Go on", isGiven ? "y\n" : "n\n")])
            #expect(status == (isGiven ? 0 : 1), "\(screen)")
            #expect(screen.contains("this moves 0 copies to other stores"))
            #expect(screen.contains("sfs plan apply 1") == !isGiven)
            let state = fixture.standIn.plans.plans.map(\.state)
            #expect(state == [isGiven ? .done : .shown])
        }
    }
}
