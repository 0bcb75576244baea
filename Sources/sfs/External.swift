import Glibc
import SFSCore

/// Commands that others add: `sfs verb` runs `sfs-verb` from the path.
enum External {
    /// Becomes `sfs-<verb>` when the first of `arguments` is no verb of ours; else returns.
    ///
    /// - Throws: `SFSError` with code `.usage` when there is no such program either.
    static func runIfAsked(_ arguments: [String]) throws(SFSError) {
        guard let verb = arguments.first, !verb.isEmpty, !verb.hasPrefix("-"),
            !Sfs.verbs.contains(verb)
        else { return }
        // A slash would run a program that is not on the path.
        if !verb.contains("/") { try Process.become("sfs-\(verb)", Array(arguments.dropFirst())) }
        throw Suggestion.unknown(verb)
    }
}
