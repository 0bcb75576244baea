/// A bug that a campaign puts into the system, to show that it would find it.
package enum Plant: String, Sendable, CaseIterable {
    /// fsync does nothing and says that it did.
    case noFsync = "nofsync"
    /// One byte of an acknowledged file is another.
    case tornFile = "tornfile"
    /// One copy of an acknowledged file is gone.
    case lostCopy = "lostcopy"
    /// A client was told "yes" before its content was committed.
    case falseAck = "falseack"
}
