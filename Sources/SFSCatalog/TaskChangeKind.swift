/// What an operator has become of tasks and plans.
package enum TaskChangeKind: String, Sendable, Hashable, CaseIterable {
    /// What waits or runs stops until it is resumed.
    case pause
    /// What was paused waits to be claimed again.
    case resume
    /// It goes, undone.
    case cancel
    /// What failed, or waits for another try, is tried at once, as if for the first time.
    case retry
}
