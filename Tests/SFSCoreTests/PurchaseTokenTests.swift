import SFSCore
import Testing

@Suite("A purchase's token")
struct PurchaseTokenTests {
    @Test("has 20 letters and digits, and says its zone and its day")
    func form() throws {
        let token = PurchaseToken.random(zone: "k", day: 20_779)
        #expect(token.text.utf8.count == 20)
        #expect(token.text.hasPrefix("k"))
        #expect(token.day == 20_779)
        #expect(PurchaseToken(parsing: token.text) == token)
    }

    @Test("keeps every day that it can say", arguments: [0, 1, 61, 62, 3843, 3844, 238_327])
    func days(day: Int32) throws {
        let token = PurchaseToken.random(zone: "a", day: day)
        #expect(try #require(PurchaseToken(parsing: token.text)).day == day)
    }

    @Test("is never made twice")
    func unique() {
        let tokens = (0..<10_000).map { _ in PurchaseToken.random(zone: "a", day: 1).text }
        #expect(Set(tokens).count == tokens.count)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "a", "a2026112200000000000", "12345678901234567890", "a20261122Q4Qw50ZAZ1",
            "a20261122Q4Qw50ZAZ1T0", "a20261122Q4Qw50ZAZ1-", "a20261122Q4Qw50ZAZ1é",
            "../../../etc/passwd0",
        ])
    func refusals(text: String) {
        let isToken = PurchaseToken(parsing: text) != nil
        #expect(isToken == (text == "a2026112200000000000"))
    }
}
