import SFSCore

extension SettingKind where Value == IPNetwork {
    /// An IP address or a network of them, for example `10.0.0.0/8`.
    static var network: Self { Self(parse: IPNetwork.init(parsing:), show: \.description) }
}

extension SettingKind where Value == Referrer {
    /// A site from which a purchase may be used.
    static var referrer: Self { Self(parse: Referrer.init(parsing:), show: \.host) }
}

extension SettingKind where Value == String {
    /// An IPv4 address that others can connect to.
    static var address: Self { address("an IPv4 address", length: 4) }

    /// An IPv6 address that others can connect to, without brackets.
    static var address6: Self { address("an IPv6 address", length: 16) }

    private static func address(_ what: String, length: Int) -> Self {
        Self(
            parse: { (text) throws(SFSError) in
                let refusal = SFSError(.usage, "'\(text)' is not \(what) that clients can reach")
                // The zone of a link-local address means nothing elsewhere.
                guard !text.contains(where: { "/%".contains($0) }) else { throw refusal }
                let network: IPNetwork
                do {
                    network = try IPNetwork(parsing: text)
                } catch {
                    throw refusal
                }
                guard network.bytes.count == length, network.bytes.contains(where: { $0 != 0 })
                else { throw refusal }
                return network.description
            },
            show: \.self)
    }

    /// A DNS name with room for a store's name in front of it, in lower case.
    static var domain: Self {
        Self(
            parse: { (text) throws(SFSError) in
                let name = text.lowercased()
                // A DNS name has at most 253 characters, and a store's name with its dot 64.
                let labels = name.split(separator: ".", omittingEmptySubsequences: false)
                guard name.utf8.count <= 189, labels.allSatisfy(isLabel) else {
                    throw SFSError(.usage, "'\(text)' is not a DNS name like 'cdn.example.net'")
                }
                return name
            },
            show: \.self)
    }

    /// Whether `text` may stand between two dots of a DNS name.
    private static func isLabel(_ text: Substring) -> Bool {
        do {
            // The name of a member is a label by its definition.
            _ = try MemberName(parsing: text)
            return true
        } catch {
            return false
        }
    }
}
