import SFSCore

/// What a mistyped word may have meant.
enum Suggestion {
    /// More changes than this and it is another word.
    private static let changesMaximum = 2

    /// The error of a verb that does not exist, with the one that may be meant.
    static func unknown(_ verb: String) -> SFSError {
        let remedy = nearest(to: verb, of: Sfs.shownVerbs).map { "did you mean '\($0)'?" }
        return SFSError(.usage, "'\(verb)' is not a command; \(remedy ?? "see 'sfs help'")")
    }

    /// The word of `words` that is nearest to `word`; `nil` when none is near.
    static func nearest(to word: String, of words: [String]) -> String? {
        let typed = Array(word.utf8.prefix(64))
        let distances = words.map { (word: $0, changes: changes(from: typed, to: Array($0.utf8))) }
        let nearest = distances.min { $0.changes < $1.changes }
        return nearest.flatMap { nearest in
            let changes = nearest.changes
            let isNear = changes <= changesMaximum && changes < nearest.word.utf8.count
            return isNear ? nearest.word : nil
        }
    }

    /// How many letters must be added, removed, replaced or swapped with their neighbour to make
    /// one word of the other (Damerau and Levenshtein's distance, restricted).
    static func changes(from old: [UInt8], to new: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...new.count)
        for (row, letter) in old.enumerated() {
            var current = [row + 1]
            for (column, other) in new.enumerated() {
                var least = min(
                    last[column + 1] + 1, current[column] + 1,
                    last[column] + (letter == other ? 0 : 1))
                if row > 0, column > 0, letter == new[column - 1], old[row - 1] == other {
                    least = min(least, beforeLast[column - 1] + 1)
                }
                current.append(least)
            }
            (beforeLast, last) = (last, current)
        }
        return last[new.count]
    }
}
