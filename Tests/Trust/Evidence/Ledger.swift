/// What clients were promised: each content whose put was answered with success.
package struct Ledger: Sendable {
    /// Hashes in the order in which they were acknowledged.
    package private(set) var acked: [String] = []
    private var known: Set<String> = []

    package init() {}

    /// Notes that the put of `hash` was acknowledged.
    package mutating func add(_ hash: String) {
        if known.insert(hash).inserted { acked.append(hash) }
    }

    /// Takes contents out that the campaign itself removed.
    package mutating func forget(where isGone: (String) -> Bool) {
        known = known.filter { !isGone($0) }
        acked.removeAll(where: isGone)
    }

    /// Sentences on contents that have fewer than `copies` good copies on disks, or that the
    /// catalog does not know with as many.
    package static func violations(
        of promised: some Sequence<String>, copies: Int = 2, disks: DiskAudit.Findings,
        catalog: CatalogRows
    ) -> [String] {
        promised.flatMap { hash -> [String] in
            let onDisk = disks.holders[hash]?.count ?? 0
            let inCatalog = catalog.holders[hash]?.count
            var sentences: [String] = []
            if onDisk < copies {
                sentences.append("acked '\(hash)' has \(onDisk) good copies")
            }
            if inCatalog == nil {
                sentences.append("acked '\(hash)' is not in the catalog")
            } else if let inCatalog, inCatalog < copies {
                sentences.append("acked '\(hash)' has \(inCatalog) copies in the catalog")
            }
            return sentences
        }
    }
}
