import SFSCore

/// A name and a password that HTTP Basic may say to one member.
///
/// A name may have several passwords, so that one can be replaced while both are in use.
package struct BasicCredential: Sendable, Hashable {
    /// 1 to 64 visible ASCII characters, no colon.
    package let name: String
    /// 16 to 1024 bytes; to be compared in a time that tells nothing.
    package let password: Secret
}

extension BasicCredential {
    /// Passwords that came with the original, and that everybody therefore knows.
    private static let known: [[UInt8]] = ["stretchfs", "changeme"].map { Array($0.utf8) }

    /// The credentials in the file that the setting `credentialsFile` of `section` names; none when
    /// it names none.
    static func list(reading section: Section) -> [BasicCredential] {
        guard let file = section.setting("credentialsFile", .path) else { return [] }
        return section.checked("credentialsFile") { () throws(SFSError) in try read(file) } ?? []
    }

    /// Lines of a name, a colon and a password; blank lines and those that begin with `#` are left
    /// out.
    ///
    /// - Throws: `SFSError` with code `.configuration`, without a word of a password.
    private static func read(_ path: String) throws(SFSError) -> [BasicCredential] {
        let lines = try SecretFile.read(path).split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        var credentials: [BasicCredential] = []
        for (index, line) in lines.enumerated() {
            guard let first = line.first, first != UInt8(ascii: "#") else { continue }
            let place = "'\(path)' line \(index + 1)"
            let name = line.prefix { $0 != UInt8(ascii: ":") }
            let password = line.dropFirst(name.count + 1)
            guard (1...64).contains(name.count), name.count < line.count,
                name.allSatisfy({ (0x21...0x7e).contains($0) })
            else {
                throw SFSError(.configuration, "\(place): should be like 'name:password'")
            }
            try check(password, place)
            credentials.append(
                BasicCredential(
                    name: String(decoding: name, as: UTF8.self), password: Secret(Array(password))))
        }
        guard !credentials.isEmpty else {
            throw SFSError(.configuration, "'\(path)' holds no name and password")
        }
        return credentials
    }

    private static func check(_ password: ArraySlice<UInt8>, _ place: String) throws(SFSError) {
        guard !known.contains(Array(password)) else {
            throw SFSError(.configuration, "\(place): everybody knows this password; make another")
        }
        guard (16...1024).contains(password.count),
            password.allSatisfy({ $0 >= 0x20 && $0 != 0x7f })
        else {
            throw SFSError(
                .configuration,
                "\(place): a password has 16 to 1024 bytes and no control characters")
        }
    }
}
