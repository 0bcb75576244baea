package import SFSCore

/// What a prism is told by the configuration.
package struct PrismSettings: Sendable, Hashable {
    /// Its name, its zone, and the machine that it runs on.
    package var name: MemberName
    package var zone: MemberName
    package var host: MemberName
    /// Copies that every content has before a client hears "yes", and the fewest that a client may
    /// ask for.
    package var copies: Int
    /// Bytes that may wait for one store while a body is streamed to it.
    package var windowBytes: Int
    /// How long a store may take nothing of a body, or not answer a commit, before it counts as
    /// failed.
    package var storeTimeout: Duration
    /// How long a store may take to begin or to go on answering a read before another is asked.
    package var readTimeout: Duration
    /// How long a store that failed is left out of choices.
    package var suspicion: Duration
    /// How often members are read from the catalog, and this one reports to it.
    package var heartbeat: Duration
    /// How old a store's last report may be before it counts as offline.
    package var offlineAfter: Duration

    /// The most copies that a client may ask for.
    package static let copiesMaximum = 16

    package init(
        name: MemberName, zone: MemberName, host: MemberName, copies: Int = 2,
        windowBytes: Int = 1 << 20, storeTimeout: Duration = .seconds(30),
        readTimeout: Duration = .seconds(10),
        suspicion: Duration = .seconds(10), heartbeat: Duration = .seconds(2),
        offlineAfter: Duration = .seconds(15)
    ) {
        self.name = name
        self.zone = zone
        self.host = host
        self.copies = copies
        self.windowBytes = windowBytes
        self.storeTimeout = storeTimeout
        self.readTimeout = readTimeout
        self.suspicion = suspicion
        self.heartbeat = heartbeat
        self.offlineAfter = offlineAfter
    }
}
