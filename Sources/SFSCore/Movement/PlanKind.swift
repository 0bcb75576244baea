/// What a plan is for.
package enum PlanKind: String, Sendable, Hashable, Codable, CaseIterable {
    case clone
    case balance
    case drain
    /// Contents are deleted.
    case remove
    case undelete
    case verify
}

/// How far a plan is.
package enum PlanState: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nothing has happened yet.
    case shown
    case running
    case paused
    /// Nothing is left to do; some tasks may have failed.
    case done
    case cancelled
    /// The world had changed when it was to be applied.
    case refused
}
