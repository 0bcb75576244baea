import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs complete-names KIND`: one name per line, for `LiveNames`; hidden from people.
struct CompleteNames: Verb {
    static let configuration = CommandConfiguration(
        commandName: "complete-names", abstract: "List names for a shell.", shouldDisplay: false)

    @Argument(help: "What kind of names.")
    var kind: LiveNames

    @OptionGroup var global: GlobalOptions

    /// A shell waits no longer anyway.
    var stallTimeout: Duration { .seconds(1) }
    var answerTimeout: Duration { .seconds(1) }

    private static let plansMaximum = 50

    func run(_ session: Session) async throws -> Answer {
        let names = try await names(session.prism)
        if !names.isEmpty { try session.output.line(names.joined(separator: "\n")) }
        return .yes
    }

    private func names(_ prism: PrismClient) async throws -> [String] {
        if kind == .plans {
            return try await prism.plans(limit: Self.plansMaximum).map { "\($0.plan)" }
        }
        let members = try await prism.members().filter { $0.condition != .retired }
        func named(_ type: MemberType) -> [String] {
            members.filter { $0.type == type }.map(\.name.text)
        }
        let zones = Set(members.map(\.zone)).sorted().map(\.text)
        return switch kind {
        case .members: members.map(\.name.text)
        case .prisms: named(.prism)
        case .stores: named(.store)
        case .zones: zones
        case .places: named(.store) + zones.map { "\(Place.zonePrefix)\($0)" }
        case .plans: []
        }
    }
}
