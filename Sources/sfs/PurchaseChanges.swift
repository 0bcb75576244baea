import SFSCore
import SFSWire

/// Doing one thing to all purchases that are meant, and telling how many there were.
struct PurchaseChanges {
    /// What is printed before the number, for example `purchases revoked`.
    let done: String
    /// What did not happen to some, for example `purchases were not revoked`.
    let failed: String

    /// Calls `change` for each selection; it gives the number of purchases that it changed.
    ///
    /// A token that there is not is named, and the others go on.
    func run(
        _ selections: [PurchaseSelection], _ output: Output,
        _ change: (PurchaseSelection) async throws -> Int64
    ) async throws -> Answer {
        var tally = Tally(output: output)
        var count: Int64 = 0
        for selection in selections {
            try await tally.attempt {
                let changed = try await change(selection)
                if case .token(let token) = selection, changed == 0 {
                    throw SFSError(.notFound, "there is no purchase '\(token)'")
                }
                count += changed
            }
        }
        if output.isJSON {
            try output.json(CountReply(count: count))
        } else {
            try output.line("\(done): \(count)")
        }
        return tally.answer(failed)
    }
}
