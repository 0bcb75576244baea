import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs store show STORE`: all that is known of a store.
struct StoreShow: Verb {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show all that is known of a store.")

    @Argument(
        help: ArgumentHelp("Which.", valueName: "store"), completion: LiveNames.stores.completion)
    var store: MemberName

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        let members = try await session.prism.members()
        guard let found = members.first(where: { $0.type == .store && $0.name == store }) else {
            throw SFSError(.notFound, "there is no store '\(store)'")
        }
        if session.output.isJSON {
            try session.output.json(found)
            return .yes
        }
        var lines = MemberText.report(found)
        let passes = try await session.prism.passes().filter { $0.store == store }
        for kind in PassKind.allCases {
            let ofKind = passes.filter { $0.kind == kind }
            if !ofKind.isEmpty {
                lines += ["", "last \(kind.rawValue):"] + PassReport.lines(ofKind, kind)
            }
        }
        try session.output.line(lines.joined(separator: "\n"))
        return .yes
    }
}
