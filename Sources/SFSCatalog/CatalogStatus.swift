/// How much the cluster holds.
package struct CatalogTotals: Sendable, Hashable {
    /// Number of contents.
    package var contents: Int64
    /// Sum of their sizes, each counted once.
    package var bytes: Int64

    package init(contents: Int64, bytes: Int64) {
        self.contents = contents
        self.bytes = bytes
    }
}

/// How many contents are short of replicas.
package struct CatalogRisk: Sendable, Hashable {
    /// Contents with fewer replicas on stores that are up than they should have.
    package var atRisk: Int64
    /// Those of them with none.
    package var outOfReach: Int64

    package init(atRisk: Int64, outOfReach: Int64) {
        self.atRisk = atRisk
        self.outOfReach = outOfReach
    }
}
