import Glibc
import SFSCore

/// A file that keeps secrets: small, readable for us, closed to everyone else.
enum SecretFile {
    /// More than any key or list of tokens needs, in bytes.
    static let sizeMaximum = 1 << 20

    /// What the file at `path` holds.
    ///
    /// - Throws: `SFSError` with code `.configuration` when it cannot be read or when others than
    ///   its owner and group may.
    static func read(_ path: String) throws(SFSError) -> [UInt8] {
        try SettingFile.read(path, sizeMaximum: sizeMaximum) { (status) throws(SFSError) in
            guard status.st_mode & 0o007 == 0 else {
                throw SFSError(
                    .configuration, "'\(path)' is open to every user; do 'chmod o= \(path)'")
            }
        }
    }

    /// The key that all members of a cluster share: the whole file but for one final line break,
    /// at least 32 bytes.
    static func readKey(_ path: String) throws(SFSError) -> Secret {
        var bytes = try read(path)
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        guard bytes.count >= 32 else {
            throw SFSError(
                .configuration,
                "'\(path)' has \(bytes.count) bytes; a key has at least 32: 'openssl rand -hex 32'")
        }
        return Secret(bytes)
    }

    /// Tokens, one per line, each of at least 20 visible ASCII characters; blank lines and lines
    /// that begin with `#` are left out.
    static func readTokens(_ path: String) throws(SFSError) -> [Secret] {
        let lines = try read(path).split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        var tokens: [Secret] = []
        for (index, line) in lines.enumerated() {
            guard let first = line.first, first != UInt8(ascii: "#") else { continue }
            guard line.count >= 20, line.allSatisfy({ (0x21...0x7e).contains($0) }) else {
                throw SFSError(
                    .configuration,
                    "'\(path)' line \(index + 1): a token has at least 20 characters, no spaces")
            }
            tokens.append(Secret(Array(line)))
        }
        guard !tokens.isEmpty else {
            throw SFSError(.configuration, "'\(path)' holds no token")
        }
        return tokens
    }

    /// One line of text, for example the URL of a catalog with its password.
    static func readLine(_ path: String) throws(SFSError) -> String {
        let text = String(decoding: try read(path), as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline)
        guard lines.count == 1 else {
            throw SFSError(.configuration, "'\(path)' should hold one line")
        }
        return String(lines[0])
    }
}
