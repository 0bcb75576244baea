package import SFSCore

/// The head of a request: all that is known before its body.
package struct HTTPRequest: Sendable {
    /// In capitals, for example `GET`.
    package let method: String
    /// As sent, for example `/v1/contents?copies=2`.
    package let target: String
    /// Begins with `/`, or is `*`; still percent-encoded: decode its parts after splitting it.
    package var path: String { parsedTarget.path }
    /// As sent.
    package let headers: HeaderFields
    /// Who asks.
    package let peer: Peer
    /// Which of the server's listeners it came in by, counted from 0.
    package let listener: Int
    /// Whether it came encrypted.
    package let isSecure: Bool
    /// `https` or `http`.
    package var scheme: String { isSecure ? "https" : "http" }
    /// The `Host` field as sent, with its port if it has one; empty when there is none.
    package var host: String { headers.first("Host") ?? "" }

    private let parsedTarget: RequestTarget

    /// A request for `target`; the server makes these, and tests.
    ///
    /// - Throws: `SFSError` with code `.protocol` when `target` is no request target.
    package init(
        method: String, target: String, headers: HeaderFields, peer: Peer, listener: Int,
        isSecure: Bool = false
    ) throws(SFSError) {
        self.method = method
        self.target = target
        self.headers = headers
        self.peer = peer
        self.listener = listener
        self.isSecure = isSecure
        parsedTarget = try RequestTarget(parsing: target)
    }

    /// The query's fields in order, decoded anew by every call; a plus sign is a space.
    ///
    /// - Throws: `SFSError` with code `.protocol` for an escape that is none.
    package func query() throws(SFSError) -> [(name: String, value: String)] {
        try parsedTarget.query()
    }

    /// The first value of `name` in the query, decoded; `nil` when it is not there.
    ///
    /// - Throws: `SFSError` with code `.protocol` for an escape that is none.
    package func queryValue(_ name: String) throws(SFSError) -> String? {
        try query().first { $0.name == name }?.value
    }

    /// What stands behind `scheme` in the field `Authorization`; `nil` when it has another scheme.
    package func authorization(_ scheme: String) -> String? {
        let parts = (headers.first("Authorization") ?? "").split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == scheme.lowercased() else { return nil }
        return String(parts[1])
    }
}
