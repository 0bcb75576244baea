package import SFSCore

/// What a store is told by the configuration.
package struct StoreSettings: Sendable, Hashable {
    /// Its name, zone and host; see `StoreFacts`.
    package var name: MemberName
    package var zone: MemberName
    package var host: MemberName
    /// Absolute path of its volume.
    package var folder: String
    /// Bytes that stay free on the volume.
    package var minFree: ByteCount
    /// How many calls may be on the disk at once.
    package var diskThreads: Int
    /// How long received bytes wait for their commit before they are removed.
    package var spoolTimeout: Duration
    /// How often it looks at its volume and tells the catalog how it is.
    package var heartbeat: Duration
    /// How many other stores must have a good replica before this one gives its own up, and how
    /// many a content put here wants.
    package var minCopies: Int
    /// How long another store may read one replica from its disk to prove that it is good.
    package var proofTimeout: Duration
    /// How long grants are honoured without word from the catalog of what was revoked.
    package var staleAfter: Duration

    package init(
        name: MemberName, zone: MemberName, host: MemberName, folder: String,
        minFree: ByteCount = .mebibytes(64), diskThreads: Int = 4,
        spoolTimeout: Duration = .seconds(3600), heartbeat: Duration = .seconds(3),
        minCopies: Int = 2, proofTimeout: Duration = .seconds(3600),
        staleAfter: Duration = .seconds(3600)
    ) {
        self.name = name
        self.zone = zone
        self.host = host
        self.folder = folder
        self.minFree = minFree
        self.diskThreads = diskThreads
        self.spoolTimeout = spoolTimeout
        self.heartbeat = heartbeat
        self.minCopies = minCopies
        self.proofTimeout = proofTimeout
        self.staleAfter = staleAfter
    }
}
