/// How members watch each other.
package struct WatchSettings: Sendable, Hashable {
    /// How long a member that has just started watches nobody.
    package var startDelay: Duration = .seconds(10)
    /// How often a member pings those that it watches.
    package var pingInterval: Duration = .seconds(30)
    /// How long an answer to a ping may take.
    package var pingTimeout: Duration = .seconds(2)
    /// Pings under way at once.
    package var pingConcurrency = 4
    /// Pings in a row that fail before a member votes that another is down.
    package var failures = 5
    /// How long a vote counts that is not renewed; longer than `pingInterval`.
    package var voteLife: Duration = .seconds(60)
    /// How long the catalog may not hear of a member that has a say.
    package var silence: Duration = .seconds(15)

    package init() {}
}
