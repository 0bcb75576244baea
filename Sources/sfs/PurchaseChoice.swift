import ArgumentParser
import SFSCore

/// Which purchases are meant: by token, hash, account, or all; exactly one of these is said.
struct PurchaseChoice: ParsableArguments, Sendable {
    @Argument(help: ArgumentHelp("Purchases, by their tokens.", valueName: "token"))
    var tokens: [String] = []

    @Option(help: ArgumentHelp("All purchases of this content.", valueName: "hash"))
    var hash: String?

    @Option(help: ArgumentHelp("All purchases that this account made.", valueName: "name"))
    var account: String?

    @Flag(help: "All purchases.")
    var all = false

    func validate() throws {
        let kinds = [!tokens.isEmpty, hash != nil, account != nil, all].filter(\.self)
        guard kinds.count == 1 else {
            throw ValidationError("say which: tokens, --hash, --account or --all")
        }
        // An empty variable of a script must never come to mean more than was meant.
        if tokens.contains("") || hash == "" || account == "" {
            throw ValidationError("an argument is empty")
        }
    }

    /// What is meant, one selection for each token.
    ///
    /// - Throws: `SFSError` with code `.usage` or `.invalidHash`.
    func selections() throws(SFSError) -> [PurchaseSelection] {
        if let hash { return [.hash(try ContentHash(parsing: hash))] }
        if let account { return [.account(try AccountName(parsing: account).text)] }
        if all { return [.all] }
        return try tokens.map { text throws(SFSError) in
            guard let token = PurchaseToken(parsing: text) else {
                throw SFSError(
                    .usage, "'\(text.prefix(100))' is not a token; one has 20 letters and digits")
            }
            return .token(token)
        }
    }

    /// Whether each purchase is named.
    var isNamed: Bool { !tokens.isEmpty }
}
