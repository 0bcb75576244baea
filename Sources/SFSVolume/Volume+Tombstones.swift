package import SFSCore

extension Volume {
    /// Notes durably that `deleted` were deleted: each hash, and the highest generation of it that
    /// may not come back.
    ///
    /// Before the file goes into the trash, or with it: the trash forgets after its grace, this
    /// does not.
    package func remember(deleted: [(ContentHash, Int32)]) throws {
        try tombstones.append(deleted)
    }

    /// Calls `body` with everything that was noted as deleted, in no order; a hash may come several
    /// times, and the highest generation counts.
    ///
    /// Gives the number of lines that were torn or damaged, and passed over.
    @discardableResult
    package func forEachTombstone(_ body: (ContentHash, Int32) throws -> Void) throws -> Int {
        try tombstones.forEach(body)
    }
}
