/// What became of a good file that the catalog did not count.
package enum Adoption: Sendable, Hashable {
    /// It counts now; its content has this generation, and was not known before if `isNew`.
    case counted(generation: Int32, isNew: Bool)
    /// Its content was deleted, this generation last: the file belongs into the trash.
    case deleted(generation: Int32)
    /// It stays as it is and does not count: the content has another size, the replica was removed
    /// since it was looked at, its store was retired, or a catalog that was lost is not rebuilt
    /// yet.
    case refused
}
