/// A site from which a purchase may be used.
///
/// It is compared with the host of the `Referer` field exactly, or as an ending after a dot:
/// `example.com` admits `www.example.com` and not `badexample.com`. It is never a pattern.
package struct Referrer: Sendable, Hashable {
    /// A host name or address, in lower case.
    package let host: String

    /// Takes a host, or a URL of which only the host counts.
    ///
    /// - Throws: `SFSError` with code `.usage` when there is no host in it.
    package init(parsing text: some StringProtocol) throws(SFSError) {
        guard let host = Self.host(of: text) else {
            throw SFSError(.usage, "'\(String(text.prefix(100)))' is not a host for a referrer")
        }
        self.host = host
    }

    /// Whether a request with this value of `Referer` comes from the site.
    package func admits(_ referer: String) -> Bool {
        guard let host = Self.host(of: referer) else { return false }
        return host == self.host || host.hasSuffix("." + self.host)
    }

    /// The host in a URL or in a bare host with or without a port; lower case.
    private static func host(of text: some StringProtocol) -> String? {
        var rest = Substring(text).drop { $0 == " " }
        // Browsers take it for a slash, others do not: nobody who means well sends it.
        guard !rest.contains("\\") else { return nil }
        if let scheme = rest.firstIndex(of: ":"), rest[scheme...].hasPrefix("://") {
            guard rest[..<scheme].allSatisfy({ $0.isASCII && ($0.isLetter || $0 == "-") }) else {
                return nil
            }
            rest = rest[rest.index(scheme, offsetBy: 3)...]
        } else if rest.hasPrefix("//") {
            rest = rest.dropFirst(2)
        }
        rest = rest.prefix { !"/?#".contains($0) }
        // What stands before an at sign is a name and a password, whoever wrote it there.
        if let at = rest.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
        if rest.hasPrefix("[") {
            guard let end = rest.firstIndex(of: "]") else { return nil }
            rest = rest[rest.index(after: rest.startIndex)..<end]
        } else {
            rest = rest.prefix { $0 != ":" }
        }
        if rest.hasSuffix(".") { rest = rest.dropLast() }
        let isHost =
            !rest.isEmpty && rest.utf8.count <= 253
            && rest.allSatisfy {
                $0.isASCII && ($0.isLetter || $0.isNumber || ".-_:".contains($0))
            }
        return isHost ? rest.lowercased() : nil
    }
}
