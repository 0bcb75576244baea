package import SFSCore

/// The cluster as one prism sees it now.
package struct StatusReply: Sendable, Hashable, Codable {
    package var cluster: MemberName
    /// The version of the prism that answered.
    package var version: String
    package var contents: Int64
    /// Sum of the sizes of all contents, in bytes, each counted once.
    package var bytes: Int64
    /// Contents with fewer replicas on stores that are up than they should have.
    package var contentsAtRisk: Int64
    /// Contents with no replica on any store that is up.
    package var contentsOutOfReach: Int64
    /// Contents whose last replica is bad.
    package var damaged: Int64
    package var tasks: TaskTotals
    /// How repair is getting on; `nil` = it has nothing to do, or another process leads it.
    package var repair: RepairState?
    package var prisms: [Prism]
    package var stores: [Store]
    /// One sentence per thing that is wrong, for a person; empty = healthy.
    package var problems: [String]

    package init(
        cluster: MemberName, version: String, contents: Int64, bytes: Int64,
        contentsAtRisk: Int64, contentsOutOfReach: Int64, damaged: Int64 = 0,
        tasks: TaskTotals = TaskTotals(waiting: 0, running: 0, paused: 0, failed: 0, bytes: 0),
        repair: RepairState? = nil, prisms: [Prism], stores: [Store], problems: [String]
    ) {
        self.cluster = cluster
        self.version = version
        self.contents = contents
        self.bytes = bytes
        self.contentsAtRisk = contentsAtRisk
        self.contentsOutOfReach = contentsOutOfReach
        self.damaged = damaged
        self.tasks = tasks
        self.repair = repair
        self.prisms = prisms
        self.stores = stores
        self.problems = problems
    }

    /// A prism in the catalog.
    package struct Prism: Sendable, Hashable, Codable {
        package var name: MemberName
        package var zone: MemberName
        package var online: Bool
        /// Where it says that it listens.
        package var url: String?

        package init(name: MemberName, zone: MemberName, online: Bool, url: String?) {
            self.name = name
            self.zone = zone
            self.online = online
            self.url = url
        }
    }

    /// A store in the catalog, asked just now.
    package struct Store: Sendable, Hashable, Codable {
        package var name: MemberName
        package var zone: MemberName
        package var host: MemberName
        package var roles: [Role]
        /// Whether it answered and is well.
        package var online: Bool
        package var freeBytes: Int64
        package var totalBytes: Int64
        /// Why it is not online; `nil` when it is.
        package var problem: String?
        /// Whether its replicas count; `nil` = it never joined.
        package var condition: StoreCondition?
        /// Whether its replicas are to go elsewhere.
        package var isDraining: Bool
        /// Replicas that are counted on it, and their bytes.
        package var contents: Int64
        package var bytes: Int64
        /// How many members say that it is down.
        package var votes: Int
        /// The last pass of each kind over its volume.
        package var lastVerify: Pass?
        package var lastInventory: Pass?

        package init(
            name: MemberName, zone: MemberName, host: MemberName, roles: [Role], online: Bool,
            freeBytes: Int64, totalBytes: Int64, problem: String?,
            condition: StoreCondition? = nil, isDraining: Bool = false, contents: Int64 = 0,
            bytes: Int64 = 0, votes: Int = 0, lastVerify: Pass? = nil, lastInventory: Pass? = nil
        ) {
            self.name = name
            self.zone = zone
            self.host = host
            self.roles = roles
            self.online = online
            self.freeBytes = freeBytes
            self.totalBytes = totalBytes
            self.problem = problem
            self.condition = condition
            self.isDraining = isDraining
            self.contents = contents
            self.bytes = bytes
            self.votes = votes
            self.lastVerify = lastVerify
            self.lastInventory = lastInventory
        }
    }

    /// A run over a volume, in short.
    package struct Pass: Sendable, Hashable, Codable {
        package var state: PassState
        /// From 0 to 1.
        package var progress: Double
        /// `nil` = it has not ended yet.
        package var endedAt: Timestamp?

        package init(state: PassState, progress: Double, endedAt: Timestamp? = nil) {
            self.state = state
            self.progress = progress
            self.endedAt = endedAt
        }
    }
}

/// How repair is getting on, as its leader sees it.
package struct RepairState: Sendable, Hashable, Codable {
    /// Contents that are short of replicas, and the bytes that still have to move for them.
    package var contentsLeft: Int64
    package var bytesLeft: Int64
    /// As measured; `nil` = nothing has moved yet.
    package var bytesPerSecond: Int64?
    /// When it should be done at that rate.
    package var deadline: Timestamp?

    package init(
        contentsLeft: Int64, bytesLeft: Int64, bytesPerSecond: Int64? = nil,
        deadline: Timestamp? = nil
    ) {
        self.contentsLeft = contentsLeft
        self.bytesLeft = bytesLeft
        self.bytesPerSecond = bytesPerSecond
        self.deadline = deadline
    }
}
