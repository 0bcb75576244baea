/// Measures one row: both sides in turns.
struct Duel: Sendable {
    let row: Row
    let arena: Arena

    /// Ours, theirs, ours, theirs, …; what is compared is what was measured one after the other.
    func fight() async throws -> RowResult {
        let contest = try await row.prepare(arena)
        var pairs: [(ours: Sample, theirs: Sample)] = []
        for _ in 0..<min(arena.options.pairs, row.pairsMaximum) {
            try Task.checkCancellation()
            let ours = try await contest.ours()
            pairs.append((ours, try await contest.theirs()))
        }
        return RowResult(row, pairs, peer: contest.peer)
    }
}
