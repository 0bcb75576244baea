package import SFSCore

/// One thing that a dump of the catalog names.
package enum CatalogLine: Sendable, Hashable {
    case content(ContentRecord)
    case tombstone(ContentHash, generation: Int32, deleted: Timestamp)
    case rules(ContentHash, ContentRules)

    /// What it is about.
    package var hash: ContentHash {
        switch self {
        case .content(let record): record.hash
        case .tombstone(let hash, _, _), .rules(let hash, _): hash
        }
    }
}

/// What a dump goes through, in this order.
package enum CatalogPart: String, Sendable, Hashable, CaseIterable {
    case contents
    case tombstones
    case rules

    /// What comes after it; `nil` after the last.
    package var next: CatalogPart? {
        switch self {
        case .contents: .tombstones
        case .tombstones: .rules
        case .rules: nil
        }
    }
}
