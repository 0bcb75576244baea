/// What took effect in the end, and whence; prints as YAML that reads back to the same
/// configuration, but for secrets, which it does not show.
package indirect enum EffectiveSetting: Sendable, Hashable {
    /// One value; `nil` = not set.
    case scalar(String?, Origin)
    /// Values in one list.
    case list([String], Origin)
    /// Settings under their keys, in the order in which the manual has them.
    case mapping([Entry])
    /// Equal things in the order of the file.
    case sequence([EffectiveSetting])

    /// One key of a mapping.
    package struct Entry: Sendable, Hashable {
        package var key: String
        /// What is under it.
        package var setting: EffectiveSetting

        /// Puts `setting` under `key`.
        package init(_ key: String, _ setting: EffectiveSetting) {
            self.key = key
            self.setting = setting
        }
    }

    /// Who decided a value.
    package enum Origin: Sendable, Hashable {
        /// Nobody: it is the default.
        case standard
        /// The configuration file.
        case file
        /// The environment variable of this name.
        case environment(String)
        /// A flag of the command line.
        case flag
    }

    /// Every key path in it, each once, with `[]` for the index of a sequence: `stores[].volume`.
    package var keyPaths: [String] {
        var seen: Set<String> = []
        return paths(below: "").filter { seen.insert($0).inserted }
    }

    private func paths(below path: String) -> [String] {
        switch self {
        case .scalar, .list: [path]
        case .mapping(let entries):
            entries.flatMap { entry in
                entry.setting.paths(below: path.isEmpty ? entry.key : "\(path).\(entry.key)")
            }
        case .sequence(let items): items.flatMap { $0.paths(below: "\(path)[]") }
        }
    }
}

extension EffectiveSetting: CustomStringConvertible {
    /// YAML, a line per value, with a comment where the value is not from the file.
    package var description: String { lines.map { $0 + "\n" }.joined() }

    private var lines: [String] {
        switch self {
        case .scalar(let value, let origin): [Self.text(value, origin)]
        case .list(let values, let origin): [Self.text(values, origin)]
        case .mapping(let entries):
            entries.flatMap { entry -> [String] in
                switch entry.setting {
                case .scalar(let value, let origin): ["\(entry.key): \(Self.text(value, origin))"]
                case .list(let values, let origin): ["\(entry.key): \(Self.text(values, origin))"]
                case .sequence([]): ["\(entry.key): []"]
                case .mapping, .sequence:
                    ["\(entry.key):"] + entry.setting.lines.map { "  \($0)" }
                }
            }
        case .sequence(let items):
            items.flatMap { item in
                item.lines.enumerated().map { ($0.offset == 0 ? "- " : "  ") + $0.element }
            }
        }
    }

    private static func text(_ value: String?, _ origin: Origin) -> String {
        guard let value else { return "~" + (origin == .standard ? "  # not set" : origin.comment) }
        return quoted(value) + origin.comment
    }

    private static func text(_ values: [String], _ origin: Origin) -> String {
        "[\(values.map(quoted).joined(separator: ", "))]" + origin.comment
    }

    /// `value` bare where YAML takes it for nothing else than this text, else in double quotes.
    private static func quoted(_ value: String) -> String {
        let isBare =
            value.first.map { $0.isLetter || $0.isNumber || $0 == "/" } ?? false
            && value.allSatisfy {
                $0.isASCII && ($0.isLetter || $0.isNumber || "/._-".contains($0))
            }
            // But `true` and `false`, which mean the same to every reader.
            && !["null", "yes", "no", "on", "off"].contains(value.lowercased())
            && !(value.hasPrefix("0") && value.count > 1 && value.allSatisfy(\.isNumber))
        if isBare { return value }
        let escaped = value.unicodeScalars.map { scalar -> String in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case _ where scalar.value < 0x20 || scalar.value == 0x7f:
                "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }
}

extension EffectiveSetting.Origin {
    /// What stands behind a value that is there.
    fileprivate var comment: String {
        switch self {
        case .file: ""
        case .standard: "  # default"
        case .environment(let name): "  # from \(name)"
        case .flag: "  # from the command line"
        }
    }
}
