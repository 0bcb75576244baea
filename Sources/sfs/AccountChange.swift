import SFSCore

/// What a verb did to an account that exists.
struct AccountChange: Encodable {
    let name: AccountName
    /// Whether it may log in; absent where that was not the question.
    var enabled: Bool?

    /// Shows it: the fields in JSON, else `what` was done, as in `may log in again`.
    func show(_ what: String, _ output: Output) throws {
        if output.isJSON {
            try output.json(self)
        } else {
            try output.line("account '\(name)' \(what)")
        }
    }
}
