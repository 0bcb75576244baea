import ArgumentParser
import SFSCore

/// Contents by their hashes: arguments, or a list from a file or standard input.
struct HashList: ParsableArguments, Sendable {
    @Argument(help: ArgumentHelp("Contents, by their hashes.", valueName: "hash"))
    var hashes: [String] = []

    @OptionGroup var list: ListOptions

    /// Whether anything is named; a list may turn out to be empty.
    var isGiven: Bool { list.isGiven || !hashes.isEmpty }

    /// Refuses to go on when nothing is named, or an argument is empty.
    func check() throws {
        try list.validate(against: hashes)
    }

    /// The same where something else than hashes may say what is meant.
    func checkIfGiven() throws {
        try list.validate(beside: hashes)
    }

    /// Calls `use` with batches of at most `size` hashes, each hash once in its batch.
    ///
    /// - Throws: `SFSError` with code `.invalidHash` or `.noInput`; what `use` throws.
    func forEachBatch(
        of size: Int, _ use: ([ContentHash]) async throws -> Void
    ) async throws {
        var batch: [ContentHash] = []
        var known: Set<ContentHash> = []
        for line in try list.lines(or: hashes) {
            let hash = try line.hash()
            guard known.insert(hash).inserted else { continue }
            batch.append(hash)
            guard batch.count == size else { continue }
            try await use(batch)
            (batch, known) = ([], [])
        }
        // A list that ended because somebody pressed Ctrl-C is not a shorter list.
        try Task.checkCancellation()
        if !batch.isEmpty { try await use(batch) }
    }

    /// Calls `use` with each hash, one after the other.
    ///
    /// - Throws: as `forEachBatch`.
    func forEach(_ use: (ContentHash) async throws -> Void) async throws {
        try await forEachBatch(of: 1) { batch in
            for hash in batch { try await use(hash) }
        }
    }
}
