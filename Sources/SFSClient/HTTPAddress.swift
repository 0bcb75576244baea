package import SFSCore

/// Where a prism or a store listens: a Unix socket, or a host and port with or without TLS.
package enum HTTPAddress: Sendable, Hashable {
    /// A Unix socket on this machine, by its path.
    case socket(path: String)
    /// `http://host:port` or `https://host:port`, without a slash at the end.
    case url(String)

    /// Takes an absolute path as a socket, anything else as a URL without path, query or fragment.
    ///
    /// - Throws: `SFSError` with code `.usage`.
    package init(parsing text: some StringProtocol) throws(SFSError) {
        if text.hasPrefix("/") {
            guard text.utf8.count <= UnixSocketAddress.pathBytesMaximum else {
                throw SFSError(
                    .usage,
                    "'\(text)' is too long for a socket; "
                        + "use a path of at most \(UnixSocketAddress.pathBytesMaximum) bytes")
            }
            self = .socket(path: String(text))
            return
        }
        let url = text.hasSuffix("/") ? String(text.dropLast()) : String(text)
        guard let scheme = Self.schemes.first(where: { url.lowercased().hasPrefix($0) }),
            Self.isAuthority(url.dropFirst(scheme.count))
        else {
            throw SFSError(
                .usage, "'\(text)' is not an address; write for example http://127.0.0.1:8161")
        }
        self = .url(url)
    }

    /// What goes before the path in a URL that the HTTP library understands.
    var base: String {
        switch self {
        case .socket(let path): "http+unix://\(PercentEncoding.encode(path))"
        case .url(let url): url
        }
    }

    private static let schemes = ["http://", "https://"]

    private static func isAuthority(_ text: Substring) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                PercentEncoding.isUnreserved(byte) || ":[]".utf8.contains(byte)
            }
    }
}

extension HTTPAddress: CustomStringConvertible {
    /// The path or the URL, as a person writes it.
    package var description: String {
        switch self {
        case .socket(let path): path
        case .url(let url): url
        }
    }
}
