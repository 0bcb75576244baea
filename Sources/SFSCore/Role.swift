/// What a member may be used for.
package enum Role: String, Sendable, Hashable, CaseIterable, Codable {
    /// Administratively in service.
    case active
    /// Alive, as far as the cluster knows.
    case online
    /// May give contents out.
    case read
    /// May take contents in.
    case write
}
