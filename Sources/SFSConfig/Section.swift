import SFSCore
import Yams

/// One mapping of the file while it is being read.
///
/// It hands out its settings one by one; a value that is wrong becomes a mistake and reading goes
/// on, so that all mistakes are found at once. What nobody asked for is unknown, and a mistake too.
final class Section {
    /// Key path of this mapping; `""` for the whole file.
    let path: String
    private let line: Int?
    /// What the file has and nobody asked for yet.
    private var pairs: [String: (line: Int?, node: Node)] = [:]
    /// Where the keys are that were asked for.
    private var lines: [String: Int] = [:]
    private let report: MistakeReport
    /// `nil` below a list, where nothing but the file decides.
    let overrides: Overrides?
    private var entries: [EffectiveSetting.Entry] = []
    private var children: [(key: String, sections: [Section], isList: Bool)] = []

    init(_ node: Node?, path: String, report: MistakeReport, overrides: Overrides?) {
        self.path = path
        self.report = report
        self.overrides = overrides
        line = node?.mark?.line
        switch node {
        case .mapping(let mapping):
            for (key, value) in mapping {
                guard case .scalar(let scalar) = key else { continue }
                pairs[scalar.string] = (scalar.mark?.line, value)
            }
        case nil: break
        case .scalar(let scalar) where scalar.isNull: break
        case .scalar, .sequence, .alias:
            mistake(nil, "should have settings below it, 'key: value'")
        }
    }

    /// The value of an optional setting that has a default.
    func setting<Value>(_ key: String, _ kind: SettingKind<Value>, default standard: Value) -> Value
    {
        switch read(key, kind) {
        case .value(let value): return value
        case .wrong: return standard
        case .absent:
            note(key, kind.show(standard), .standard)
            return standard
        }
    }

    /// The value of a setting that may be left out.
    func setting<Value>(_ key: String, _ kind: SettingKind<Value>) -> Value? {
        switch read(key, kind) {
        case .value(let value): return value
        case .wrong: return nil
        case .absent:
            note(key, nil, .standard)
            return nil
        }
    }

    /// The value of a setting that must be there; `nil` once its mistake is reported.
    func required<Value>(_ key: String, _ kind: SettingKind<Value>) -> Value? {
        switch read(key, kind) {
        case .value(let value): return value
        case .wrong: return nil
        case .absent:
            note(key, nil, .standard)
            mistake(key, "is missing")
            return nil
        }
    }

    /// The settings below `key`; empty ones when the file has none.
    func section(_ key: String) -> Section {
        let section = Section(
            take(key)?.node, path: keyPath(key), report: report, overrides: overrides)
        children.append((key, [section], false))
        return section
    }

    /// The members of the list under `key`; none when the file has none.
    func sections(_ key: String) -> [Section] {
        let pair = take(key)
        var sections: [Section] = []
        switch pair?.node {
        case .sequence(let sequence):
            sections = sequence.enumerated().map { index, node in
                Section(node, path: "\(keyPath(key))[\(index)]", report: report, overrides: nil)
            }
        case nil: break
        case .scalar(let scalar) where scalar.isNull: break
        case .scalar, .mapping, .alias:
            mistake(key, "should be a list, '- key: value'")
        }
        children.append((key, sections, true))
        return sections
    }

    /// Reports that the setting at `key`, or this section as a whole, is wrong.
    func mistake(_ key: String?, _ message: String) {
        report.add(
            ConfigurationMistake(
                line: key.flatMap { lines[$0] } ?? line, key: key.map(keyPath) ?? path,
                message: message))
    }

    /// The value of `body`; when it throws, its message is reported for `key`, and `nil` returned.
    func checked<Value>(_ key: String, _ body: () throws(SFSError) -> Value) -> Value? {
        do {
            return try body()
        } catch {
            mistake(key, error.message)
            return nil
        }
    }

    /// Reports what nobody asked for, here and below; returns what took effect.
    func finish() -> EffectiveSetting {
        for (key, pair) in pairs.sorted(by: { $0.key < $1.key }) {
            lines[key] = pair.line
            mistake(key, "is not a setting")
        }
        for child in children {
            let settings = child.sections.map { $0.finish() }
            let setting = child.isList ? EffectiveSetting.sequence(settings) : settings[0]
            entries.append(EffectiveSetting.Entry(child.key, setting))
        }
        return .mapping(entries)
    }

    /// The whole path of the setting at `key`.
    func keyPath(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    /// What the file has under `key`, which is known from now on.
    func take(_ key: String) -> (line: Int?, node: Node)? {
        let pair = pairs.removeValue(forKey: key)
        lines[key] = pair?.line
        return pair
    }

    /// Adds what took effect at `key`.
    func note(_ key: String, _ setting: EffectiveSetting) {
        entries.append(EffectiveSetting.Entry(key, setting))
    }

    private func note(_ key: String, _ text: String?, _ origin: EffectiveSetting.Origin) {
        note(key, .scalar(text, origin))
    }

    private enum Reading<Value> {
        case value(Value)
        /// Noted and reported.
        case wrong
        case absent
    }

    /// What a flag, the environment or the file says, in this order.
    private func read<Value>(_ key: String, _ kind: SettingKind<Value>) -> Reading<Value> {
        let pair = take(key)
        if let (text, origin) = overrides?.text(for: keyPath(key)) {
            return parse(key, text, kind, origin)
        }
        guard let pair else { return .absent }
        guard case .scalar(let scalar) = pair.node else {
            note(key, nil, .file)
            mistake(key, "should be one value")
            return .wrong
        }
        return scalar.isNull ? .absent : parse(key, scalar.string, kind, .file)
    }

    private func parse<Value>(
        _ key: String, _ text: String, _ kind: SettingKind<Value>,
        _ origin: EffectiveSetting.Origin
    ) -> Reading<Value> {
        do {
            let value = try kind.parse(text)
            note(key, kind.show(value), origin)
            return .value(value)
        } catch {
            note(key, nil, origin)
            report(key, error.message, origin)
            return .wrong
        }
    }

    /// Reports what is wrong with `key`, and who said it unless that was the file.
    func report(_ key: String, _ message: String, _ origin: EffectiveSetting.Origin) {
        switch origin {
        case .file, .standard: mistake(key, message)
        case .environment(let name): report(key, "\(message) (from \(name))")
        case .flag: report(key, "\(message) (from the command line)")
        }
    }

    private func report(_ key: String, _ message: String) {
        report.add(ConfigurationMistake(line: nil, key: keyPath(key), message: message))
    }
}

extension Node.Scalar {
    /// Whether it says "nothing": left out, `~` or `null`, all without quotes.
    var isNull: Bool { style == .plain && ["", "~", "null"].contains(string) }
}
