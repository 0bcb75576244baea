import SFSCore

/// A name that a certificate is for: a DNS name, perhaps with `*.` before it, or an IP address.
struct CertificateName: Hashable {
    /// As a person writes it; a DNS name in lower case.
    let text: String
    /// As libcrypto reads it.
    ///
    /// No name has a comma or a colon that could mean anything else there.
    let alternative: String

    /// - Throws: `SFSError` with code `.usage`.
    init(parsing text: String) throws(SFSError) {
        if let address = Self.address(text) {
            self.text = address
            alternative = "IP:\(address)"
        } else if Self.isDNSName(text) {
            self.text = text.lowercased()
            alternative = "DNS:\(self.text)"
        } else {
            throw SFSError(
                .usage, "'\(text.prefix(300))' is not a DNS name or an IP address")
        }
    }

    private static func address(_ text: String) -> String? {
        // Without a slash a network is one address, and prints as one.
        guard !text.contains("/"), !text.contains("%") else { return nil }
        // What is no address may be a DNS name.
        return (try? IPNetwork(parsing: text))?.description
    }

    private static func isDNSName(_ text: String) -> Bool {
        let name = text.hasPrefix("*.") ? text.dropFirst(2) : text[...]
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        // All digits at the end: an address that is none (RFC 1123, section 2.1).
        let isNumber = labels.last?.utf8.allSatisfy { (0x30...0x39).contains($0) } ?? true
        return text.utf8.count <= 253 && !isNumber && labels.allSatisfy(isLabel)
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
            && label.allSatisfy {
                $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_")
            }
    }
}
