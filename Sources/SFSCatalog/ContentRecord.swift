package import SFSCore

/// What the catalog knows of a content.
package struct ContentRecord: Sendable, Hashable {
    package var hash: ContentHash
    /// Number of bytes.
    package var size: Int64
    package var attributes: ContentAttributes
    /// How many replicas there should be.
    package var want: Int
    /// The stores that hold a good replica, ascending.
    package var stores: [StoreNumber]
    /// Stores that hold one for load only, never counted for durability; ascending.
    package var extras: [StoreNumber]
    /// Its last replica is bad, and still counted.
    package var isDamaged: Bool

    package init(
        hash: ContentHash, size: Int64, attributes: ContentAttributes, want: Int,
        stores: [StoreNumber], extras: [StoreNumber] = [], isDamaged: Bool = false
    ) {
        self.hash = hash
        self.size = size
        self.attributes = attributes
        self.want = want
        self.stores = stores
        self.extras = extras
        self.isDamaged = isDamaged
    }
}

/// What has to be known of a hash before it is put.
package struct ContentLookup: Sendable, Hashable {
    /// `nil` when the cluster does not hold it.
    package var content: ContentRecord?
    /// The generation that a put must carry now: that of the content, else one more than was
    /// deleted last, else 1.
    package var generation: Int32
    /// What the database's clock says: `created` of a new content.
    package var now: Timestamp

    package init(content: ContentRecord?, generation: Int32, now: Timestamp) {
        self.content = content
        self.generation = generation
        self.now = now
    }
}

/// A content whose replicas are durable on their stores, about to be recorded.
package struct NewContent: Sendable, Hashable {
    package var hash: ContentHash
    /// Number of bytes.
    package var size: Int64
    /// As the replicas have them.
    package var attributes: ContentAttributes
    /// How many replicas there should be, 1 or more.
    package var want: Int
    /// The stores that hold a replica, in any order.
    package var stores: [StoreNumber]
    /// When it was first asked, by the catalog's clock, before any of the stores said so.
    ///
    /// A replica that was removed since does not count any more.
    package var since: Timestamp

    package init(
        hash: ContentHash, size: Int64, attributes: ContentAttributes, want: Int,
        stores: [StoreNumber], since: Timestamp
    ) {
        self.hash = hash
        self.size = size
        self.attributes = attributes
        self.want = want
        self.stores = stores
        self.since = since
    }
}

/// What the catalog has after a put was recorded.
package struct RecordedContent: Sendable, Hashable {
    /// With all stores that hold it, those of earlier puts as well.
    package var content: ContentRecord
    /// Whether the cluster did not hold it before.
    ///
    /// `false` also when the answer to a first try was lost and it was recorded again.
    package var isNew: Bool

    package init(content: ContentRecord, isNew: Bool) {
        self.content = content
        self.isNew = isNew
    }
}
