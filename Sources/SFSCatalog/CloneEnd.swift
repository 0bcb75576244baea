/// What became of a replica that a store has made durable for a task.
package enum CloneEnd: Sendable, Hashable {
    /// The replica is recorded, and the task is done.
    case counted
    /// The task was taken away, or ended, meanwhile: the replica is not recorded by it.
    case notOurs
    /// The content is gone or another, or the replica was removed meanwhile: it is not recorded,
    /// and the task has ended.
    case contentChanged
}
