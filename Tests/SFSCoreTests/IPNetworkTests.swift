import SFSCore
import Testing

@Suite("An IP network")
struct IPNetworkTests {
    @Test(
        "contains the addresses that its prefix covers",
        arguments: [
            ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.8", false),
            ("192.0.2.0/24", "192.0.2.255", true), ("192.0.2.0/24", "192.0.3.0", false),
            ("10.1.2.3/8", "10.255.0.1", true), ("0.0.0.0/0", "203.0.113.9", true),
            ("192.0.2.0/25", "192.0.2.128", false), ("2001:db8::/32", "2001:db8:ffff::1", true),
            ("2001:db8::/32", "2001:db9::1", false), ("::1", "::1", true),
            ("192.0.2.7", "::ffff:192.0.2.7", true), ("::ffff:192.0.2.0/120", "192.0.2.9", true),
            ("0.0.0.0/0", "::1", false), ("::/0", "192.0.2.1", false),
            ("fe80::1", "fe80::1%eth0", true), ("192.0.2.7", "nonsense", false),
        ])
    func contains(network: String, address: String, isIn: Bool) throws {
        #expect(try IPNetwork(parsing: network).contains(address) == isIn)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.4/33", "1.2.3.4/-1", "1.2.3.4/", "::/129",
            "1.2.3.4/8/8", "01.2.3.4/+8", "localhost", "::ffff:1.2.3.4/80",
        ])
    func refusals(text: String) {
        #expect(throws: SFSError.self) { try IPNetwork(parsing: text) }
    }

    @Test(
        "prints what it parses", arguments: ["192.0.2.7", "192.0.2.0/24", "2001:db8::/32", "::1"])
    func prints(text: String) throws {
        #expect(try IPNetwork(parsing: text).description == text)
    }
}
