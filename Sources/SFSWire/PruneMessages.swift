package import SFSCore

/// An order to remove what nothing needs.
package struct PruneOrder: Sendable, Hashable, Codable {
    /// Only these kinds; `nil` = all.
    package var only: [PruneKind]?
    /// Only say what would go.
    package var dryRun: Bool

    package init(only: [PruneKind]? = nil, dryRun: Bool = false) {
        self.only = only
        self.dryRun = dryRun
    }
}

/// What went, or would go.
package struct PruneReply: Sendable, Hashable, Codable {
    package var entries: [Entry]

    package init(entries: [Entry]) {
        self.entries = entries
    }

    /// One kind at one place.
    package struct Entry: Sendable, Hashable, Codable {
        package var kind: PruneKind
        /// The store that it went from; `nil` = the catalog.
        package var store: MemberName?
        /// Rows, files or partitions.
        package var count: Int64
        /// Bytes freed, where that is known.
        package var bytes: Int64
        /// Why it could not be done.
        package var problem: String?

        package init(
            kind: PruneKind, store: MemberName? = nil, count: Int64, bytes: Int64,
            problem: String? = nil
        ) {
            self.kind = kind
            self.store = store
            self.count = count
            self.bytes = bytes
            self.problem = problem
        }
    }
}

/// An order to one store to remove what it alone knows of.
package struct StorePruneOrder: Sendable, Hashable, Codable {
    /// Of `spool` and `trash`; others are passed over.
    package var kinds: [PruneKind]
    /// Only say what would go.
    package var dryRun: Bool

    package init(kinds: [PruneKind], dryRun: Bool) {
        self.kinds = kinds
        self.dryRun = dryRun
    }
}
