import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs purchase HASH`: buys the right to read contents, and prints the URLs.
struct PurchaseCreate: Verb {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a URL that gives a content for a time.",
        discussion: "Several give a line for each, with the hash before the URL.")

    @Argument(help: ArgumentHelp("The content.", valueName: "hash"))
    var hashes: [String] = []

    @OptionGroup var list: ListOptions

    @Option(
        help: ArgumentHelp("End the URL with this, not with the content's.", valueName: "extension")
    )
    var ext: String?

    @Option(
        help: ArgumentHelp(
            "How long it works: 90s, 15m, 2h or 7d. Without it, as the cluster is set.",
            valueName: "duration"))
    var life: Life?

    @Option(
        help: ArgumentHelp(
            "Only from pages of this host and of those below it; may be repeated.",
            valueName: "host"))
    var referrer: [String] = []

    @Option(
        help: ArgumentHelp(
            "Only from this address or network; may be repeated.", valueName: "network"))
    var ip: [String] = []

    @Option(help: ArgumentHelp("The file name in the URL.", valueName: "file"))
    var name: String?

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        try list.validate(against: hashes)
        if let ext, ext.isEmpty || !ContentAttributes.isExtension(ext) {
            throw ValidationError("'\(ext)' is not an extension; use up to 32 letters and digits")
        }
        if let name, name.isEmpty || name.contains("/") {
            throw ValidationError("the file name is empty or has a '/'")
        }
    }

    func run(_ session: Session) async throws -> Answer {
        let referrers = try referrer.map { text throws(SFSError) in try Referrer(parsing: text) }
        let networks = try ip.map { text throws(SFSError) in try IPNetwork(parsing: text) }
        let isList = list.isGiven || hashes.count > 1
        var tally = Tally(output: session.output)
        for line in try list.lines(or: hashes) {
            try await tally.attempt {
                let order = PurchaseOrder(
                    hash: try line.hash(), ext: ext, name: name, referrer: referrers.map(\.host),
                    ip: networks.map(\.description), life: life?.seconds)
                try show(try await session.prism.purchase(order), isList, session.output)
            }
        }
        return tally.answer("contents were not purchased")
    }

    private func show(_ purchase: PurchaseReply, _ isList: Bool, _ output: Output) throws {
        if output.isJSON { return try output.json(purchase) }
        let url = Printable.line(purchase.url ?? purchase.path)
        try output.line(isList ? "\(purchase.hash) \(url)" : url)
        if purchase.url == nil {
            output.note("the prism does not know its own URL; this is the path at it")
        }
    }
}

extension PurchaseReply {
    /// Where it can be used at any prism; the file name is of no matter there.
    fileprivate var path: String { "/\(token)/\(hash)\(ext.isEmpty ? "" : ".\(ext)")" }
}
