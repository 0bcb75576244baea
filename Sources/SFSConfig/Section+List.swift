import SFSCore
import Yams

extension Section {
    /// Values that one list may have.
    private static let listCountMaximum = 1000

    /// The values of the list under `key`, or those of which `standard` has the texts; none once a
    /// mistake is reported.
    ///
    /// The environment and the command line say a list with commas: `a,b`.
    func list<Value>(
        _ key: String, _ kind: SettingKind<Value>, default standard: [String] = []
    ) -> [Value] {
        let pair = take(key)
        if let (text, origin) = overrides?.text(for: keyPath(key)) {
            return parse(key, items(of: text), kind, origin)
        }
        switch pair?.node {
        case .sequence(let sequence):
            let texts = sequence.compactMap(\.scalar).filter { !$0.isNull }.map(\.string)
            guard texts.count == sequence.count else {
                return refuse(key, "should be a list of single values, '[a, b]'", .file)
            }
            return parse(key, texts, kind, .file)
        case nil: return parse(key, standard, kind, .standard)
        case .scalar(let scalar) where scalar.isNull:
            return parse(key, standard, kind, .standard)
        case .scalar, .mapping, .alias:
            return refuse(key, "should be a list, '[a, b]'", .file)
        }
    }

    private func items(of text: String) -> [String] {
        text.split(separator: ",").map { item in
            String(item.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
    }

    private func parse<Value>(
        _ key: String, _ texts: [String], _ kind: SettingKind<Value>,
        _ origin: EffectiveSetting.Origin
    ) -> [Value] {
        guard texts.count <= Self.listCountMaximum else {
            return refuse(key, "has more than \(Self.listCountMaximum) values", origin)
        }
        var values: [Value] = []
        for text in texts {
            do {
                values.append(try kind.parse(text))
            } catch {
                report(key, error.message, origin)
            }
        }
        guard values.count == texts.count else {
            note(key, .scalar(nil, origin))
            return []
        }
        note(key, .list(values.map(kind.show), origin))
        return values
    }

    private func refuse<Value>(
        _ key: String, _ message: String, _ origin: EffectiveSetting.Origin
    ) -> [Value] {
        note(key, .scalar(nil, origin))
        report(key, message, origin)
        return []
    }
}
