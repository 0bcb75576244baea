package import SFSCore

/// When bytes are compared with their sums on their way to a viewer.
package enum DeliveryCheck: String, Sendable, Hashable, CaseIterable {
    /// The first time within the window; then they are sent straight from the kernel's cache.
    case first
    /// Each time.
    case always
    /// Never.
    case off
}

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
    /// How many small contents that arrive together go to the disk together, at most.
    package var groupFiles: Int
    /// How long received bytes wait for their commit before they are removed.
    package var spoolTimeout: Duration
    /// How often it looks at its volume and tells the catalog how it is.
    package var heartbeat: Duration
    /// How long it takes nothing in after its disk failed, before that is tried again; 0 = until
    /// the volume is opened anew.
    package var diskTrial: Duration
    /// How many other stores must have a good replica before this one gives its own up, and how
    /// many a content put here wants.
    package var minCopies: Int
    /// How long another store may read one replica from its disk to prove that it is good.
    package var proofTimeout: Duration
    /// How long bytes that matched prove that a replica is good; see `StoreTransport.prove(_:)`.
    package var proofWindow: Duration
    /// Tasks that it does at once.
    package var taskConcurrency: Int
    /// How long a task that is not renewed stays its own.
    package var taskLease: Duration
    /// How often a task may fail before it is set aside.
    package var taskAttempts: Int
    /// How often it looks for new tasks.
    package var taskPoll: Duration
    /// How long removed files stay in the trash.
    package var trashGrace: Duration
    /// Bytes a second that are read by a verify which nobody asked for.
    package var verifyRate: Int64
    /// How long after the end of a verify of the whole volume the next one begins by itself; 0 =
    /// never.
    package var verifyInterval: Duration
    /// What was verified within this time is passed over by a verify that is not forced.
    package var verifyWindow: Duration
    /// How long after the end of an inventory the next one begins by itself; 0 = never.
    package var inventoryInterval: Duration
    /// How long grants are honoured without word from the catalog of what was revoked.
    package var staleAfter: Duration
    /// When bytes are compared with their sums on their way to a viewer.
    package var deliveryCheck = DeliveryCheck.first
    /// How many replicas are kept open for viewers, at most.
    package var openReplicasMaximum = 2048

    package init(
        name: MemberName, zone: MemberName, host: MemberName, folder: String,
        minFree: ByteCount = .mebibytes(64), diskThreads: Int = 4,
        groupFiles: Int = 64,
        spoolTimeout: Duration = .seconds(3600), heartbeat: Duration = .seconds(3),
        diskTrial: Duration = .seconds(900), minCopies: Int = 2,
        proofTimeout: Duration = .seconds(3600),
        proofWindow: Duration = .seconds(86_400), taskConcurrency: Int = 4,
        taskLease: Duration = .seconds(30), taskAttempts: Int = 5,
        taskPoll: Duration = .seconds(1), trashGrace: Duration = .seconds(86_400),
        verifyRate: Int64 = 20 << 20, verifyInterval: Duration = .seconds(30 * 86_400),
        verifyWindow: Duration = .seconds(86_400),
        inventoryInterval: Duration = .seconds(86_400),
        staleAfter: Duration = .seconds(3600)
    ) {
        self.name = name
        self.zone = zone
        self.host = host
        self.folder = folder
        self.minFree = minFree
        self.diskThreads = diskThreads
        self.groupFiles = groupFiles
        self.spoolTimeout = spoolTimeout
        self.heartbeat = heartbeat
        self.diskTrial = diskTrial
        self.minCopies = minCopies
        self.proofTimeout = proofTimeout
        self.proofWindow = proofWindow
        self.taskConcurrency = taskConcurrency
        self.taskLease = taskLease
        self.taskAttempts = taskAttempts
        self.taskPoll = taskPoll
        self.trashGrace = trashGrace
        self.verifyRate = verifyRate
        self.verifyInterval = verifyInterval
        self.verifyWindow = verifyWindow
        self.inventoryInterval = inventoryInterval
        self.staleAfter = staleAfter
    }

    /// How many files a verify reads at once, at most.
    var passThreads: Int { max(1, diskThreads / 2) }
}
