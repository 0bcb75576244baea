/// What a task has its store do.
package enum TaskKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Pull a replica from another store, and have it counted.
    case clone
    /// The same, and then have the source give its own up.
    case move
    /// Give the replica up, once enough others were proven to be good.
    case remove
    /// Read all bytes of the replica again.
    case verify
    /// Put the file of a deleted content into the trash.
    case trash
    /// Take the file of an undeleted content back from the trash.
    case restore
}

/// How far a task is; one that is done is not kept.
package enum TaskState: String, Sendable, Hashable, Codable, CaseIterable {
    case waiting
    case running
    /// Somebody stopped it until it is resumed.
    case paused
    /// It failed too often and is set aside: the poison list.
    case failed
}
