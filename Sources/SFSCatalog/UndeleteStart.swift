/// What became of the order to bring a deleted content back.
package enum UndeleteStart: Sendable, Hashable {
    /// So many stores look into their trash for it.
    case begun(stores: Int)
    /// It is not deleted, or was put again.
    case alreadyThere
    /// It was never deleted, or nobody knows what it was or where.
    case unknown
    /// The grace is over.
    case tooLate
}
