import PrismStandIn
import ProcessFixture
import SFSCore
import SFSWire
import Testing

@testable import sfs

@Suite("A person at the terminal")
struct TerminalTests {
    /// Runs a command at a terminal of its own; what is typed comes once its question is there.
    private func conversation(
        _ fixture: CommandFixture, _ command: String,
        _ answers: [(question: String, typed: String)]
    ) async throws -> (status: Int32, screen: String) {
        let typing = answers.map { answer in
            """
            until grep -q '\(answer.question)' screen; do
                kill -0 $! 2> /dev/null || break
                sleep 0.02
            done
            printf '%s' '\(answer.typed)' >&3
            """
        }
        let script = """
            : > screen
            mkfifo keys
            # A shell has what it starts in the background ignore Ctrl-C.
            env --default-signal=INT script --quiet --return --flush --command "\(command)" screen \
                < keys > /dev/null 2>&1 &
            exec 3> keys
            \(typing.joined(separator: "\n"))
            wait $!
            """
        let result = try await fixture.shell(script)
        return (result.status, String(decoding: fixture.read("screen") ?? [], as: UTF8.self))
    }

    @Test("is asked twice for a new password, which nobody sees")
    func newPassword() async throws {
        try await CommandFixture.with { fixture in
            let (status, screen) = try await conversation(
                fixture, "$SFS account create films",
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
            let (status, screen) = try await conversation(
                fixture, "$SFS account create films",
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
            let (status, screen) = try await conversation(
                fixture, "$SFS keygen", [("account: ", "films\n"), ("password of", "horse\n")])
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
            let (status, screen) = try await conversation(
                fixture, "$SFS purchase revoke --all", [("Go on", isGiven ? "y\n" : "\n")])
            #expect(status == (isGiven ? 0 : 1), "\(screen)")
            #expect(screen.contains("this ends all purchases, 1 by now"))
            #expect(fixture.standIn.purchases.purchases.isEmpty == isGiven)
        }
    }

    @Test("can leave at a question, and has a terminal that shows again what is typed")
    func interruption() async throws {
        try await CommandFixture.with { fixture in
            let (status, screen) = try await conversation(
                fixture, "trap : INT; $SFS account create films; echo ended with \\$?; stty -a",
                [("new password", "\u{3}")])
            #expect(status == 0, "\(screen)")
            #expect(screen.contains("ended with 130"))
            #expect(screen.contains(" echo "))
            #expect(fixture.standIn.requests.isEmpty)
        }
    }
}
