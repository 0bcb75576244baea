import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs purchase show`: all that is known of purchases.
struct PurchaseShow: Verb {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show all that is known of purchases.")

    @OptionGroup var choice: PurchaseChoice
    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        var isFirst = true
        var tally = Tally(output: session.output)
        for selection in try choice.selections() {
            try await tally.attempt {
                try await PurchasePages(prism: session.prism).forEach(selection) { page in
                    for purchase in page {
                        if session.output.isJSON {
                            try session.output.json(purchase)
                        } else {
                            let text = Self.lines(for: purchase).joined(separator: "\n")
                            try session.output.line(isFirst ? text : "\n" + text)
                        }
                        isFirst = false
                    }
                    return true
                }
            }
        }
        return tally.answer("purchases were not found")
    }

    /// The report for a person.
    static func lines(for purchase: PurchaseReply) -> [String] {
        func anything(_ text: String, _ otherwise: String) -> String {
            text.isEmpty ? otherwise : Printable.line(text)
        }
        return Table.lines([
            ["token", purchase.token.text],
            ["url", anything(purchase.url ?? "", "-")],
            ["hash", purchase.hash.hex],
            ["extension", anything(purchase.ext, "-")],
            ["name", anything(purchase.name, "-")],
            ["referrer", anything(purchase.referrer, "any")],
            ["ip", anything(purchase.ip, "any")],
            ["account", anything(purchase.account, "-")],
            ["created", purchase.createdAt.description],
            ["expires", purchase.expiresAt.description],
            ["hits", "\(purchase.hitCount)"],
            ["sent", ByteCount(max(0, purchase.byteCount)).description],
        ])
    }
}
