import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs purchase list`: a line for each purchase.
struct PurchaseList: Verb {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List purchases, one per line.")

    @OptionGroup var choice: PurchaseChoice
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        var hasHeading = session.output.isJSON
        var tally = Tally(output: session.output)
        for selection in try choice.selections() {
            try await tally.attempt {
                try await PurchasePages(prism: session.prism).forEach(selection) { page in
                    if session.output.isJSON {
                        for purchase in page { try session.output.json(purchase) }
                    } else {
                        let lines = Self.lines(for: page, heading: !hasHeading)
                        try session.output.line(lines.joined(separator: "\n"))
                    }
                    hasHeading = true
                    return true
                }
            }
        }
        return tally.answer("purchases were not found")
    }

    /// The rows for a person; what has no fixed width stands at the end.
    static func lines(for purchases: [PurchaseReply], heading: Bool) -> [String] {
        let rows = purchases.map { purchase in
            [
                purchase.token.text, purchase.expiresAt.description, purchase.hash.hex,
                "\(purchase.hitCount)", ByteCount(max(0, purchase.byteCount)).description,
                purchase.account.isEmpty ? "-" : Printable.line(purchase.account),
            ]
        }
        return Table.lines(
            (heading ? [["TOKEN", "EXPIRES", "HASH", "HITS", "SENT", "ACCOUNT"]] : []) + rows)
    }
}
