/// What `sfs prune` removes: things that nothing can need any more.
package enum PruneKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Partitions of purchases whose last one is dead.
    case purchases
    case sessions
    case votes
    /// Spool files that no upload holds.
    case spool
    /// Removed files whose grace is over.
    case trash
    /// Rows about contents that are not there any more; never rows of contents.
    case orphans
    /// Traffic, viewers' slots and marks of removals that are too old to matter.
    case traffic
    /// Plans that ended, or were never applied, long ago.
    case plans
}
