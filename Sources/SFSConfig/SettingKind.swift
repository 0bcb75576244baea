import SFSCore

/// How the text of one kind of setting is read, and how its value is printed again.
struct SettingKind<Value> {
    /// Reads the text; what it throws is reported with the key in front.
    let parse: (String) throws(SFSError) -> Value
    /// Prints a value so that `parse` reads it back; without what is secret in it.
    let show: (Value) -> String
}

extension SettingKind where Value == String {
    /// Any text on one line, not empty.
    static var text: Self {
        Self(
            parse: { (text) throws(SFSError) in
                guard !text.isEmpty, !text.contains(where: \.isNewline) else {
                    throw SFSError(.usage, "should be one line of text")
                }
                return text
            },
            show: \.self)
    }

    /// The absolute path of a file or folder, printed without repeated or final slashes.
    static var path: Self {
        Self(
            parse: { (text) throws(SFSError) in
                guard text.first == "/", !text.contains("\0") else {
                    throw SFSError(.usage, "'\(text)' is not an absolute path")
                }
                return "/" + text.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
            },
            show: \.self)
    }

    /// The path of a Unix socket, which the kernel limits to 107 bytes.
    static var socketPath: Self {
        Self(
            parse: { (text) throws(SFSError) in
                let path = try SettingKind.path.parse(text)
                guard path.utf8.count <= 107 else {
                    throw SFSError(
                        .usage,
                        "'\(path)' has \(path.utf8.count) bytes; a socket's path has at most 107")
                }
                return path
            },
            show: \.self)
    }

    /// The URL of a PostgreSQL server, printed without its password.
    static var catalogURL: Self {
        Self(
            parse: { (text) throws(SFSError) in
                guard text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") else {
                    throw SFSError(.usage, "should begin with 'postgresql://'")
                }
                return text
            },
            show: CatalogURL.withoutPassword)
    }

    /// The URL of a member: `http://` or `https://`, a host, perhaps a port, and nothing else.
    static var memberURL: Self {
        Self(
            parse: { (text) throws(SFSError) in
                let host = text.split(separator: "/", omittingEmptySubsequences: false)
                guard host.count == 3, ["http:", "https:"].contains(host[0]), host[1].isEmpty,
                    !host[2].isEmpty,
                    host[2].allSatisfy({
                        $0.isASCII && ($0.isLetter || $0.isNumber || ".-:[]".contains($0))
                    })
                else {
                    throw SFSError(
                        .usage, "'\(text)' is not like 'https://name.example.net:8161'")
                }
                return text
            },
            show: \.self)
    }
}

extension SettingKind where Value == MemberName {
    /// The name of a cluster, member, zone or host.
    static var name: Self { Self(parse: MemberName.init(parsing:), show: \.text) }
}

extension SettingKind where Value == ByteCount {
    /// The most that one file may have: up to 1 PiB.
    static var fileSize: Self { size(ByteCount(1)...ByteCount.gibibytes(1 << 20)) }

    /// A size with a unit, between the two given.
    static func size(_ range: ClosedRange<ByteCount>) -> Self {
        Self(
            parse: { (text) throws(SFSError) in
                let size = try ByteCount(parsing: text)
                guard range.contains(size) else {
                    throw SFSError(
                        .usage,
                        "'\(text)' is not between \(range.lowerBound) and \(range.upperBound)")
                }
                return size
            },
            show: \.settingText)
    }
}

extension SettingKind where Value == Duration {
    /// A duration with a unit, between the two given.
    static func duration(_ range: ClosedRange<Duration>) -> Self {
        Self(
            parse: { (text) throws(SFSError) in
                let duration = try Duration(parsing: text)
                guard range.contains(duration) else {
                    throw SFSError(
                        .usage,
                        "'\(text)' is not between \(range.lowerBound.settingText) and "
                            + range.upperBound.settingText)
                }
                return duration
            },
            show: \.settingText)
    }
}

extension SettingKind where Value == Int {
    /// A whole number between the two given.
    static func count(_ range: ClosedRange<Int>) -> Self {
        Self(
            parse: { (text) throws(SFSError) in
                guard let count = Int(text), range.contains(count) else {
                    throw SFSError(
                        .usage,
                        "'\(text)' is not a number from \(range.lowerBound) to \(range.upperBound)")
                }
                return count
            },
            show: { String($0) })
    }
}

extension SettingKind where Value == Bool {
    /// `true` or `false`.
    static var truth: Self {
        Self(
            parse: { (text) throws(SFSError) in
                guard let value = Bool(text) else {
                    throw SFSError(.usage, "'\(text)' is neither true nor false")
                }
                return value
            },
            show: { String($0) })
    }
}

extension SettingKind where Value == FileMode {
    /// Permissions in octal, for example `0660`.
    static var mode: Self { Self(parse: FileMode.init(parsing:), show: \.description) }
}

extension SettingKind where Value: RawRepresentable<String> & CaseIterable {
    /// One of the words of an enumeration.
    static var word: Self {
        Self(
            parse: { (text) throws(SFSError) in
                guard let value = Value(rawValue: text) else {
                    let words = Value.allCases.map(\.rawValue).joined(separator: ", ")
                    throw SFSError(.usage, "'\(text)' is none of \(words)")
                }
                return value
            },
            show: \.rawValue)
    }
}

extension ByteCount {
    /// As `init(parsing:)` reads it, in the largest binary unit that leaves no rest.
    fileprivate var settingText: String {
        let units: [(Int64, String)] = [(40, "TiB"), (30, "GiB"), (20, "MiB"), (10, "KiB")]
        for (shift, unit) in units where bytes > 0 && bytes.isMultiple(of: 1 << shift) {
            return "\(bytes >> shift)\(unit)"
        }
        return String(bytes)
    }
}
