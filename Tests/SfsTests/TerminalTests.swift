import PrismStandIn
import ProcessFixture
import SFSCore
import SFSWire
import Testing

@testable import sfs

@Suite("A person at the terminal")
struct TerminalTests {
    @Test("is asked twice for a new password, which nobody sees")
    func newPassword() async throws {
        try await CommandFixture.with { fixture in
            let (status, screen) = try await fixture.conversation(
                "$SFS account create films",
                [("new password of .films.", "horse battery\n"), ("once more", "horse battery\n")])
            #expect(status == 0, "\(screen)")
            #expect(fixture.standIn.accounts.passwords["films"] == "horse battery")
            #expect(!screen.contains("horse"))
            #expect(screen.contains("account 'films' is made"))
        }
    }

    @Test("has changed nothing when the two differ")
    func typo() async throws {
        try await CommandFixture.with { fixture in
            let (status, screen) = try await fixture.conversation(
                "$SFS account create films",
                [("new password", "horse\n"), ("once more", "house\n")])
            #expect(status == 64)
            #expect(screen.contains("the passwords differ"))
            #expect(fixture.standIn.requests.isEmpty)
        }
    }

    @Test("is asked for name and password to log in, once")
    func login() async throws {
        try await CommandFixture.with { fixture in
            try await fixture.sfs(["account", "create", "films"], input: Array("horse\n".utf8))
                .succeeded("the account")
            let (status, screen) = try await fixture.conversation(
                "$SFS keygen", [("account: ", "films\n"), ("password of", "horse\n")])
            #expect(status == 0, "\(screen)")
            #expect(screen.contains("token-1"))
            #expect(!screen.contains("horse"))
        }
    }

    @Test("is asked before something is taken away", arguments: [true, false])
    func consent(isGiven: Bool) async throws {
        try await CommandFixture.with { fixture in
            let hash = try fixture.standIn.keep([1])
            try fixture.standIn.purchases.sell(PurchaseOrder(hash: hash))
            let (status, screen) = try await fixture.conversation(
                "$SFS purchase revoke --all", [("Go on", isGiven ? "y\n" : "\n")])
            #expect(status == (isGiven ? 0 : 1), "\(screen)")
            #expect(screen.contains("this ends all purchases, 1 by now"))
            #expect(fixture.standIn.purchases.purchases.isEmpty == isGiven)
        }
    }

    @Test("can leave at a question, and has a terminal that shows again what is typed")
    func interruption() async throws {
        try await CommandFixture.with { fixture in
            let (status, screen) = try await fixture.conversation(
                "trap : INT; $SFS account create films; echo ended with \\$?; stty -a",
                [("new password", "\u{3}")])
            #expect(status == 0, "\(screen)")
            #expect(screen.contains("ended with 130"))
            #expect(screen.contains(" echo "))
            #expect(fixture.standIn.requests.isEmpty)
        }
    }
}
