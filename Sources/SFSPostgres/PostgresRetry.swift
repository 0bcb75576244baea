/// Whether a statement may be sent again when nobody knows if it was done.
package enum PostgresRetry: Sendable, Hashable {
    /// No: a second time would do something else.
    case never
    /// Yes: done twice is the same as done once.
    case idempotent
}
