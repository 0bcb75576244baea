import ArgumentParser
import SFSClient
import SFSCore

/// `sfs purchase revoke`: ends purchases at once.
struct PurchaseRevoke: Verb {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "End purchases; their URLs are refused from then on.",
        discussion: "Without tokens it asks on a terminal; elsewhere it wants --apply.")

    @OptionGroup var choice: PurchaseChoice
    @OptionGroup var consent: ApplyOptions
    @OptionGroup var global: GlobalOptions

    /// Counting goes no further before somebody is asked.
    private static let countMaximum = 10_000

    func run(_ session: Session) async throws -> Answer {
        let selections = try choice.selections()
        if !choice.isNamed, !consent.apply {
            let plan = try await plan(selections, session.prism)
            guard try consent.isWanted(plan, session.output) else { return .no }
        }
        let work = PurchaseChanges(done: "purchases revoked", failed: "purchases were not revoked")
        return try await work.run(selections, session.output) { selection in
            try await session.prism.revokePurchases(selection)
        }
    }

    private func plan(
        _ selections: [PurchaseSelection], _ prism: PrismClient
    ) async throws -> String {
        var count = 0
        for selection in selections {
            try await PurchasePages(prism: prism).forEach(selection) { page in
                count += page.count
                return count <= Self.countMaximum
            }
        }
        let number = count > Self.countMaximum ? "more than \(Self.countMaximum)" : "\(count)"
        let whose =
            choice.hash.map { " of content '\($0)'" }
            ?? choice.account.map { " of account '\($0)'" } ?? ""
        return "this ends all purchases\(whose), \(number) by now; their URLs are refused then"
    }
}
