import Foundation
import PrismStandIn
import ProcessFixture
import SFSCore
import SFSWire
import Testing

@testable import sfs

@Suite("sfs keygen")
struct KeygenCommandTests {
    private let password = Array("correct horse\n".utf8)

    @Test("prints the token alone, of a session that does not end unless asked for")
    func token() async throws {
        try await CommandFixture.with { fixture in
            try await fixture.sfs(["account", "create", "films"], input: password)
                .succeeded("the account")
            let login = try await fixture.sfs(["keygen", "--user", "films"], input: password)
            #expect(login.text == "token-1\n")
            #expect(login.errorText == "")
            let json = try await fixture.sfs(
                ["keygen", "-u", "films", "--temporary", "--json"], input: password)
            let reply = try JSON.decode(LoginReply.self, from: json.output)
            #expect(reply.session.expiresAt != nil)
            #expect(fixture.standIn.accounts.logins.map(\.permanent) == [true, false])
            let wrong = try await fixture.sfs(["keygen", "-u", "films"], input: [120, 10])
            #expect(wrong.status == 77)
            #expect(wrong.text == "")
        }
    }

    @Test("takes no password as an argument, and says what is wrong")
    func nonsense() async throws {
        let mistakes: [([String], String)] = [
            (["-u", "a", "-p", "b"], "--password-file"), (["--password", "b"], "ps(1)"),
            (["-u", "a", "-H", "h", "-P", "80"], "--url"), (["-u", ""], "empty"),
            (["-u", "a"], "the password is empty"), ([], "--user"), (["--tls"], "--out"),
            (["--tls", "--out", ""], "--out"), (["--out", "x"], "--tls"),
            (["--days", "3"], "--tls"), (["--tls", "--out", "x", "-u", "a"], "nobody logs in"),
            (["--tls", "--out", "x", "--days", "0"], "1 to 3650 days"),
            (["--tls", "--out", "x", "--name", "a,DNS:b"], "not a DNS name"),
        ]
        try await CommandFixture.with { fixture in
            for (arguments, said) in mistakes {
                let outcome = try await fixture.sfs(["keygen"] + arguments)
                #expect(outcome.status == 64, "\(arguments)")
                #expect(outcome.errorText.contains(said), "\(outcome.errorText)")
            }
            #expect(fixture.standIn.requests.isEmpty)
            #expect(try fixture.names == [])
        }
    }

    @Test("makes a certificate that openssl holds to be good, with its key, and only once")
    func certificate() async throws {
        try await CommandFixture.with { fixture in
            let made = try await fixture.sfs([
                "keygen", "--tls", "--out", "tls", "--name", "*.films.example", "--name",
                "192.0.2.7", "--name", "2001:db8::1", "--name", "LOCALHOST", "--days", "30",
            ])
            #expect(made.lines == ["tls/tls.crt", "tls/tls.key"])
            #expect(fixture.standIn.requests.isEmpty)
            let checks = """
                set -e
                openssl verify -x509_strict -purpose sslserver -CAfile tls/tls.crt tls/tls.crt
                for name in a.films.example localhost; do
                    openssl verify -verify_hostname "$name" -CAfile tls/tls.crt tls/tls.crt; done
                for address in 192.0.2.7 2001:db8::1; do
                    openssl verify -verify_ip "$address" -CAfile tls/tls.crt tls/tls.crt; done
                if openssl verify -verify_hostname other -CAfile tls/tls.crt tls/tls.crt; then
                    exit 1; fi
                openssl x509 -in tls/tls.crt -pubkey -noout > a
                openssl pkey -in tls/tls.key -pubout > b
                cmp a b
                openssl x509 -in tls/tls.crt -noout -checkend $((29 * 86400))
                if openssl x509 -in tls/tls.crt -noout -checkend $((30 * 86400)); then exit 1; fi
                stat -c %a tls/tls.crt tls/tls.key
                openssl x509 -in tls/tls.crt -noout -text
                """
            let text = try await fixture.shell(checks).succeeded("openssl").text
            for wanted in ["644\n600\n", "NIST CURVE: P-256", "CA:FALSE", "DNS:localhost"] {
                #expect(text.contains(wanted), "\(text)")
            }
            let before = try #require(fixture.read("tls/tls.key"))
            let again = try await fixture.sfs(["keygen", "--tls", "--out", "tls"])
            #expect(again.status == 73)
            #expect(fixture.read("tls/tls.key") == before)
        }
    }

    @Test("makes one for this machine, and another every time")
    func usualCertificate() async throws {
        try await CommandFixture.with { fixture in
            let arguments = ["keygen", "--tls", "--json", "--out"]
            let first = try await fixture.sfs(arguments + ["a"]).succeeded("the first")
            #expect(first.text.contains(#""names":["localhost","127.0.0.1","::1""#))
            try await fixture.sfs(arguments + ["b"]).succeeded("the second")
            let serials = try await fixture.shell(
                "for f in a b; do openssl x509 -in $f/tls.crt -noout -serial; done")
            #expect(Set(serials.lines).count == 2)
            #expect(fixture.read("a/tls.key") != fixture.read("b/tls.key"))
        }
    }
}
