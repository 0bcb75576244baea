import ArgumentParser
import SFSCore

/// `STORE`, or `zone:ZONE`.
enum Place: ExpressibleByArgument {
    case store(MemberName)
    case zone(MemberName)

    static let zonePrefix = "zone:"

    /// `nil` for what is neither.
    init?(argument: String) {
        if argument.hasPrefix(Self.zonePrefix) {
            let name = MemberName(argument: String(argument.dropFirst(Self.zonePrefix.count)))
            guard let name else { return nil }
            self = .zone(name)
        } else {
            guard let name = MemberName(argument: argument) else { return nil }
            self = .store(name)
        }
    }

    var store: MemberName? { if case .store(let name) = self { name } else { nil } }
    var zone: MemberName? { if case .zone(let name) = self { name } else { nil } }
}
