package import SFSCore

/// One member's opinion that another is down.
package struct VoteRecord: Sendable, Hashable {
    package var target: MemberName
    package var voter: MemberName
    /// What failed, for people.
    package var reason: String
    /// When it was cast or last renewed.
    package var cast: Timestamp
    /// Without renewal it counts until then.
    package var expires: Timestamp

    package init(
        target: MemberName, voter: MemberName, reason: String, cast: Timestamp, expires: Timestamp
    ) {
        self.target = target
        self.voter = voter
        self.reason = reason
        self.cast = cast
        self.expires = expires
    }
}
