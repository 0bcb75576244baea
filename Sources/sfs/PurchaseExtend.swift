import ArgumentParser
import SFSClient
import SFSCore

/// `sfs purchase extend`: lets purchases live longer, or shorter, from now.
struct PurchaseExtend: Verb {
    static let configuration = CommandConfiguration(
        commandName: "extend", abstract: "Let purchases live for a time from now.")

    @OptionGroup var choice: PurchaseChoice

    @Option(help: ArgumentHelp("How long: 90s, 15m, 2h or 7d.", valueName: "duration"))
    var life: Life

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        let work = PurchaseChanges(
            done: "purchases extended", failed: "purchases were not extended")
        return try await work.run(try choice.selections(), session.output) { selection in
            try await session.prism.extendPurchases(selection, life: life.seconds)
        }
    }
}
