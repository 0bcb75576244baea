import PrismStandIn
import ProcessFixture
import SFSCore
import SFSWire
import Testing

@testable import sfs

@Suite("sfs account and session")
struct AccountCommandTests {
    private let password = Array("correct horse\nsecond line\n".utf8)

    @Test("makes accounts with a password from standard input or a file, never from an argument")
    func create() async throws {
        try await CommandFixture.with { fixture in
            let made = try await fixture.sfs(["account", "create", "films"], input: password)
            #expect(made.text == "account 'films' is made\n")
            #expect(fixture.standIn.accounts.passwords["films"] == "correct horse")
            #expect(fixture.standIn.accounts.account("films")?.roles == AccountRole.allCases)
            try fixture.write(Array("from a file\r\n".utf8), to: "secret")
            let reader = try await fixture.sfs([
                "account", "create", "reader", "--role", "read,update", "--role", "read",
                "--password-file", "secret", "--json",
            ])
            let account = try JSON.decode(AccountReply.self, from: reader.output)
            #expect(account.roles == [.read, .update])
            #expect(fixture.standIn.accounts.passwords["reader"] == "from a file")
            let again = try await fixture.sfs(
                ["account", "create", "films", "--password-file", "-"], input: password)
            #expect(again.status == 73)
        }
    }

    @Test("refuses what is no account, role or password, before anybody is asked")
    func nonsense() async throws {
        let mistakes: [([String], Int32)] = [
            (["account", "create", "a b"], 64), (["account", "create", ""], 64),
            (["account", "create", "a", "--role", ""], 64),
            (["account", "create", "a", "--role", "read,"], 64),
            (["account", "create", "a", "--password-file", ""], 64),
            (["account", "create", "a", "--password-file", "none"], 66),
            (["account", "create", "a", "--password", "b"], 64),
            (["account", "create", "a"], 64), (["account", "passwd", "a"], 64),
            (["account", "remove", ""], 64), (["account", "remove", "a"], 64),
            (["session", "revoke"], 64), (["session", "revoke", "1", "x"], 64),
            (["session", "revoke", "0"], 64), (["session", "revoke", "--account", ""], 64),
            (["session", "revoke", "1", "--account", "a"], 64),
            (["session", "list", "--account", ""], 64),
        ]
        try await CommandFixture.with { fixture in
            for (arguments, status) in mistakes {
                let outcome = try await fixture.sfs(arguments)
                #expect(outcome.status == status, "\(arguments)")
                #expect(outcome.errorText.hasPrefix("sfs: "), "\(arguments)")
            }
            #expect(fixture.standIn.requests.isEmpty)
        }
    }

    @Test("lists, disables, enables and removes accounts, and changes their passwords")
    func changes() async throws {
        try await CommandFixture.with { fixture in
            try await fixture.sfs(["account", "create", "films"], input: password)
                .succeeded("the account")
            let list = try await fixture.sfs(["account", "list"])
            #expect(
                list.lines == [
                    "NAME   STATE    ROLES                      LAST LOGIN  FAILED LOGINS",
                    "films  enabled  create,read,update,delete  never       0",
                ])
            let disabled = try await fixture.sfs(["account", "disable", "films", "--json"])
            #expect(disabled.text == #"{"enabled":false,"name":"films"}"# + "\n")
            #expect(try await fixture.sfs(["account", "list"]).text.contains("DISABLED"))
            #expect(try await fixture.sfs(["account", "enable", "films"]).status == 0)
            let json = try await fixture.sfs(["account", "list", "--json"])
            #expect(try JSON.decode(AccountReply.self, from: json.output).enabled)
            let other = Array("another one".utf8)
            #expect(
                try await fixture.sfs(["account", "passwd", "films"], input: other).status == 0)
            #expect(fixture.standIn.accounts.passwords["films"] == "another one")
            let unsure = try await fixture.sfs(["account", "remove", "films"])
            #expect(unsure.status == 64)
            #expect(unsure.errorText.contains("--apply"))
            #expect(fixture.standIn.accounts.account("films") != nil)
            #expect(try await fixture.sfs(["account", "remove", "films", "--apply"]).status == 0)
            #expect(fixture.standIn.accounts.account("films") == nil)
            #expect(try await fixture.sfs(["account", "disable", "films"]).status == 1)
        }
    }

    @Test("lists sessions and ends them, naming those that there are not")
    func sessions() async throws {
        try await CommandFixture.with { fixture in
            try await fixture.sfs(["account", "create", "films"], input: password)
                .succeeded("the account")
            for _ in 0..<4 {
                try await fixture.sfs(["keygen", "-u", "films"], input: password)
                    .succeeded("the login")
            }
            let list = try await fixture.sfs(["session", "list", "--account", "films"])
            #expect(list.lines.count == 5)
            #expect(list.lines[1].hasPrefix("1   films    permanent  1970-01-01T00:00:00.000Z"))
            let partly = try await fixture.sfs(["session", "revoke", "1", "9", "2"])
            #expect(partly.status == 3)
            #expect(partly.text == "sessions revoked: 2\n")
            #expect(
                partly.errorText
                    == "sfs: there is no session '9'\nsfs: 1 of 3 sessions were not revoked\n")
            #expect(try await fixture.sfs(["session", "revoke", "9"]).status == 1)
            let rest = try await fixture.sfs(["session", "revoke", "--account", "films", "--json"])
            #expect(rest.text == #"{"count":2}"# + "\n")
            #expect(try await fixture.sfs(["session", "list", "--json"]).text == "")
        }
    }
}
