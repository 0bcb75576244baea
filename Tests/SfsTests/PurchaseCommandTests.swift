import PrismStandIn
import ProcessFixture
import SFSCore
import SFSWire
import Testing

@testable import sfs

@Suite("sfs purchase")
struct PurchaseCommandTests {
    private let hash: ContentHash
    private let other: ContentHash

    init() throws {
        hash = try PrismStandIn.hash([1], .sha1)
        other = try PrismStandIn.hash([2], .sha256)
    }

    @Test("prints one URL, of a purchase with all that was said")
    func create() async throws {
        try await CommandFixture.with { fixture in
            let book = fixture.standIn.purchases
            let bought = try await fixture.sfs([
                "purchase", hash.hex, "--ext", "mp4", "--life", "2h", "--referrer",
                "https://Example.com/x", "--referrer", "example.org", "--ip", "192.0.2.7/24",
                "--ip", "2001:db8::1", "--name", "film.mp4",
            ])
            let sold = try #require(book.purchases.first)
            #expect(bought.text == "\(sold.url ?? "")\n")
            #expect(
                book.orders == [
                    PurchaseOrder(
                        hash: hash, ext: "mp4", name: "film.mp4",
                        referrer: ["example.com", "example.org"],
                        ip: ["192.0.2.0/24", "2001:db8::1"], life: 7200)
                ])
            let json = try await fixture.sfs(["purchase", "create", "--json", hash.hex])
            #expect(try JSON.decode(PurchaseReply.self, from: json.output).hash == hash)
            #expect(book.orders.last?.life == nil)
            book.forgetURL()
            let path = try await fixture.sfs(["purchase", hash.hex, "--ext", "mp4"])
            #expect(path.text.hasPrefix("/a") && path.text.hasSuffix("/\(hash).mp4\n"))
            #expect(path.errorText.contains("does not know its own URL"))
        }
    }

    @Test("takes lists, and names what it could not buy")
    func list() async throws {
        try await CommandFixture.with { fixture in
            fixture.standIn.purchases.refuse(other)
            let two = try await fixture.sfs(["purchase", hash.hex, hash.hex])
            #expect(two.lines.count == 2)
            #expect(two.lines.allSatisfy { $0.hasPrefix("\(hash) https://") })
            let input = Array("\(hash)  film.mp4\n\(other)\nzz\n".utf8)
            let partly = try await fixture.sfs(["purchase", "--stdin"], input: input)
            #expect(partly.status == 3)
            #expect(partly.lines.count == 1)
            #expect(
                partly.errorText == """
                    sfs: '\(other)' is not in the cluster
                    sfs: line 3: 'zz' is not a hash
                    sfs: 2 of 3 contents were not purchased

                    """)
            #expect(try await fixture.sfs(["purchase", other.hex]).status == 1)
        }
    }

    @Test("never takes an empty or doubtful word for more than it says")
    func nonsense() async throws {
        let mistakes = [
            [], [""], ["--stdin", "x"], ["HASH", "--life", "5"], ["HASH", "--life", "500ms"],
            ["HASH", "--life", ""], ["HASH", "--life", "0s"], ["HASH", "--ip", ""],
            ["HASH", "--ip", "10.0.0.0/33"], ["HASH", "--referrer", ""], ["HASH", "--name", ""],
            ["HASH", "--name", "a/b"], ["HASH", "--ext", ".mp4"], ["HASH", "--ext", ""],
            ["list"], ["list", ""], ["list", "--hash", ""], ["list", "--account", ""],
            ["show", "--all", "--account", "a"], ["show", "short"], ["revoke"], ["revoke", ""],
            ["revoke", "--hash", ""], ["revoke", "--account", ""], ["revoke", "--hash", "zz"],
            ["extend", "--all"], ["extend", "--life", "2h"], ["extend", "--all", "--life", "x"],
        ]
        try await CommandFixture.with { fixture in
            for arguments in mistakes {
                let words = arguments.map { $0 == "HASH" ? hash.hex : $0 }
                let outcome = try await fixture.sfs(["purchase"] + words)
                #expect(outcome.status == 64, "\(arguments): \(outcome.errorText)")
            }
            #expect(fixture.standIn.requests.isEmpty)
        }
    }

    @Test("lists and shows by token, hash, account or all, page after page")
    func questions() async throws {
        try await CommandFixture.with { fixture in
            let book = fixture.standIn.purchases
            for number in 0..<7 {
                try book.sell(
                    PurchaseOrder(hash: number == 0 ? other : hash),
                    to: number == 1 ? "music" : "films")
            }
            let all = try await fixture.sfs(["purchase", "list", "--all"])
            #expect(all.lines.first?.hasPrefix("TOKEN") == true)
            #expect(
                all.lines.dropFirst().map { String($0.prefix(20)) }
                    == book.purchases.map(\.token.text))
            let ofHash = try await fixture.sfs(["purchase", "list", "--hash", hash.hex, "--json"])
            #expect(ofHash.lines.count == 6)
            let first = try JSON.decode(PurchaseReply.self, from: Array(ofHash.lines[0].utf8))
            #expect(first.hash == hash)
            let account = try await fixture.sfs(["purchase", "list", "--account", "music"])
            #expect(account.lines.count == 2)
            let token = try #require(book.purchases.first { $0.account == "music" }).token
            let show = try await fixture.sfs(["purchase", "show", token.text])
            #expect(show.lines.contains("account    music"))
            #expect(show.lines.contains("expires    1970-01-01T00:01:00.000Z"))
            let missing = PurchaseToken.random(zone: "z", day: 1).text
            let partly = try await fixture.sfs(["purchase", "show", missing, token.text])
            #expect(partly.status == 3)
            #expect(partly.errorText.contains("there is no purchase '\(missing)'"))
            #expect(try await fixture.sfs(["purchase", "list", missing]).status == 1)
            let none = try await fixture.sfs(["purchase", "list", "--account", "nobody"])
            #expect(none.status == 0)
            #expect(none.text == "")
        }
    }

    @Test("extends and revokes; without tokens only when somebody agrees")
    func changes() async throws {
        try await CommandFixture.with { fixture in
            let book = fixture.standIn.purchases
            for _ in 0..<5 { try book.sell(PurchaseOrder(hash: hash)) }
            let tokens = book.purchases.map(\.token.text)
            let longer = try await fixture.sfs(
                ["purchase", "extend", tokens[0], tokens[1], "--life", "7d"])
            #expect(longer.text == "purchases extended: 2\n")
            #expect(book.extensions.map(\.life) == [604_800, 604_800])
            let one = try await fixture.sfs(["purchase", "revoke", tokens[0], "--json"])
            #expect(one.text == #"{"count":1}"# + "\n")
            let partly = try await fixture.sfs(["purchase", "revoke", tokens[0], tokens[1]])
            #expect(partly.status == 3)
            #expect(partly.text == "purchases revoked: 1\n")
            #expect(try await fixture.sfs(["purchase", "revoke", tokens[0]]).status == 1)
            let unsure = try await fixture.sfs(["purchase", "revoke", "--hash", hash.hex])
            #expect(unsure.status == 64)
            #expect(
                unsure.errorText.contains(
                    "this ends all purchases of content '\(hash)', 3 by now"))
            #expect(book.purchases.count == 3)
            let sure = try await fixture.sfs(["purchase", "revoke", "--hash", hash.hex, "--apply"])
            #expect(sure.text == "purchases revoked: 3\n")
            #expect(book.purchases == [])
        }
    }
}
