import Glibc

/// An IP address, or a network of them: `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`.
///
/// An IPv4 address that is written as IPv6 (`::ffff:192.0.2.7`) is the IPv4 address.
package struct IPNetwork: Sendable, Hashable {
    /// 4 or 16 bytes; those past the prefix are zero.
    package let bytes: [UInt8]
    /// How many leading bits count: 0 to 32, or to 128.
    package let prefixLength: Int

    /// Parses an address or a network.
    ///
    /// - Throws: `SFSError` with code `.usage`.
    package init(parsing text: some StringProtocol) throws(SFSError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, var bytes = Self.address(String(parts[0])) else {
            throw Self.refusal(text)
        }
        var prefix = bytes.count * 8
        if parts.count == 2 {
            guard parts[1].utf8.count <= 3, let length = Int(parts[1]),
                parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) })
            else { throw Self.refusal(text) }
            // A prefix of a mapped address counts from the start of the long form.
            let isMapped = bytes.count == 4 && parts[0].contains(":")
            prefix = isMapped ? length - 96 : length
            guard (0...bytes.count * 8).contains(prefix) else { throw Self.refusal(text) }
        }
        for index in bytes.indices { bytes[index] &= Self.mask(index, prefix) }
        self.bytes = bytes
        prefixLength = prefix
    }

    /// From its parts, as a store finds them in a grant; `nil` when they do not fit each other.
    package init?(bytes: [UInt8], prefixLength: Int) {
        guard bytes.count == 4 || bytes.count == 16,
            (0...bytes.count * 8).contains(prefixLength),
            bytes.indices.allSatisfy({ bytes[$0] & ~Self.mask($0, prefixLength) == 0 })
        else { return nil }
        self.bytes = bytes
        self.prefixLength = prefixLength
    }

    /// Whether `address`, written as text, lies in it; `false` when it is no address.
    package func contains(_ address: String) -> Bool {
        guard let other = Self.address(address), other.count == bytes.count else { return false }
        return bytes.indices.allSatisfy { other[$0] & Self.mask($0, prefixLength) == bytes[$0] }
    }

    /// The bytes of an address; without the zone of a link-local one.
    private static func address(_ text: String) -> [UInt8]? {
        let text = String(text.prefix { $0 != "%" })
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            return withUnsafeBytes(of: &four) { Array($0) }
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, text, &six) == 1 else { return nil }
        let bytes = withUnsafeBytes(of: &six) { Array($0) }
        let isMapped =
            bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 255 && bytes[11] == 255
        return isMapped ? Array(bytes[12...]) : bytes
    }

    /// The bits of the byte at `index` that a prefix of `length` bits covers.
    private static func mask(_ index: Int, _ length: Int) -> UInt8 {
        let bits = min(8, max(0, length - index * 8))
        return bits == 0 ? 0 : UInt8.max << (8 - bits)
    }

    private static func refusal(_ text: some StringProtocol) -> SFSError {
        SFSError(.usage, "'\(String(text.prefix(100)))' is not an IP address or network")
    }
}

extension IPNetwork: CustomStringConvertible {
    /// As it is parsed; an address alone has no prefix length.
    package var description: String {
        var output = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        _ = inet_ntop(family, bytes, &output, socklen_t(output.count))
        let text = String(decoding: output.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
        return prefixLength == bytes.count * 8 ? text : "\(text)/\(prefixLength)"
    }
}
