package import SFSCore

/// An order to go over whole volumes; exactly one of `store`, `zone` and `all` is set.
package struct PassOrder: Sendable, Hashable, Codable {
    package var kind: PassKind
    package var store: MemberName?
    package var zone: MemberName?
    package var all: Bool?
    package var options: PassOptions

    package init(
        kind: PassKind, store: MemberName? = nil, zone: MemberName? = nil, all: Bool? = nil,
        options: PassOptions = PassOptions()
    ) {
        self.kind = kind
        self.store = store
        self.zone = zone
        self.all = all
        self.options = options
    }
}

/// How a pass is done; what is left out of the JSON is as in `init()`.
///
/// The column `pass.orders` is the JSON of one.
package struct PassOptions: Sendable, Hashable, Codable {
    /// verify: also what was verified within the window; inventory: every file is looked at, not
    /// only prefixes that differ.
    package var force: Bool
    /// verify: only what was not verified since.
    package var since: Timestamp?
    /// Bytes a second; `nil` = as configured for what an operator asks for.
    package var bandwidth: Int64?
    /// inventory: files without a row come from a catalog that was lost.
    package var rebuilds: Bool
    /// inventory: only tell the catalog which deleted contents the volume remembers.
    ///
    /// The first half of a rebuild: no store may adopt before all have told.
    package var tombstonesOnly: Bool
    /// inventory: go on though most of what is recorded is missing.
    package var acceptsMissing: Bool
    /// The store asked for it by itself: it is done at the rate for that.
    package var isBackground: Bool

    package init(
        force: Bool = false, since: Timestamp? = nil, bandwidth: Int64? = nil,
        rebuilds: Bool = false, tombstonesOnly: Bool = false, acceptsMissing: Bool = false,
        isBackground: Bool = false
    ) {
        self.force = force
        self.since = since
        self.bandwidth = bandwidth
        self.rebuilds = rebuilds
        self.tombstonesOnly = tombstonesOnly
        self.acceptsMissing = acceptsMissing
        self.isBackground = isBackground
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func flag(_ key: CodingKeys) throws -> Bool {
            try container.decodeIfPresent(Bool.self, forKey: key) ?? false
        }
        force = try flag(.force)
        since = try container.decodeIfPresent(Timestamp.self, forKey: .since)
        bandwidth = try container.decodeIfPresent(Int64.self, forKey: .bandwidth)
        rebuilds = try flag(.rebuilds)
        tombstonesOnly = try flag(.tombstonesOnly)
        acceptsMissing = try flag(.acceptsMissing)
        isBackground = try flag(.isBackground)
    }
}

/// What a pass has found so far; what is left out of the JSON is 0.
///
/// The column `pass.counters` is the JSON of one.
package struct PassCounters: Sendable, Hashable, Codable {
    /// Files looked at, and their bytes that were read.
    package var files: Int64
    package var bytes: Int64
    /// Files that are as they should be.
    package var valid: Int64
    /// inventory: good files that the catalog did not count, and does now.
    package var adopted: Int64
    /// inventory: lost attributes that were made anew; verify: bad replicas that good ones replace.
    package var repaired: Int64
    /// inventory: replicas that the catalog counted and the volume does not have.
    package var missing: Int64
    /// inventory: files that are no contents, or may not be; they stay where they are.
    package var foreign: Int64
    /// Replicas that were bad and are in quarantine now.
    package var quarantined: Int64
    /// inventory: files of deleted contents that went to the trash.
    package var trashed: Int64
    /// verify: files that were verified within the window.
    package var skipped: Int64
    /// What could not be read or settled; the log of its sfsd names each.
    package var failed: Int64

    package init(
        files: Int64 = 0, bytes: Int64 = 0, valid: Int64 = 0, adopted: Int64 = 0,
        repaired: Int64 = 0, missing: Int64 = 0, foreign: Int64 = 0, quarantined: Int64 = 0,
        trashed: Int64 = 0, skipped: Int64 = 0, failed: Int64 = 0
    ) {
        self.files = files
        self.bytes = bytes
        self.valid = valid
        self.adopted = adopted
        self.repaired = repaired
        self.missing = missing
        self.foreign = foreign
        self.quarantined = quarantined
        self.trashed = trashed
        self.skipped = skipped
        self.failed = failed
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let number: (CodingKeys) throws -> Int64 = { key in
            try container.decodeIfPresent(Int64.self, forKey: key) ?? 0
        }
        files = try number(.files)
        bytes = try number(.bytes)
        valid = try number(.valid)
        adopted = try number(.adopted)
        repaired = try number(.repaired)
        missing = try number(.missing)
        foreign = try number(.foreign)
        quarantined = try number(.quarantined)
        trashed = try number(.trashed)
        skipped = try number(.skipped)
        failed = try number(.failed)
    }
}

/// A pass as the API shows it.
package struct PassReply: Sendable, Hashable, Codable {
    package var store: MemberName
    package var kind: PassKind
    package var state: PassState
    /// From 0 to 1.
    package var progress: Double
    package var counters: PassCounters
    package var requestedAt: Timestamp
    package var startedAt: Timestamp?
    package var endedAt: Timestamp?
    /// Why it failed.
    package var problem: String?

    package init(
        store: MemberName, kind: PassKind, state: PassState, progress: Double,
        counters: PassCounters, requestedAt: Timestamp, startedAt: Timestamp? = nil,
        endedAt: Timestamp? = nil, problem: String? = nil
    ) {
        self.store = store
        self.kind = kind
        self.state = state
        self.progress = progress
        self.counters = counters
        self.requestedAt = requestedAt
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.problem = problem
    }
}

/// Passes by store.
package struct PassList: Sendable, Hashable, Codable {
    package var passes: [PassReply]

    package init(passes: [PassReply]) {
        self.passes = passes
    }
}

/// An order to read the replicas of some contents again.
package struct VerifyOrder: Sendable, Hashable, Codable {
    /// Up to 100.
    package var hashes: [ContentHash]
    /// Also replicas that were verified within the window.
    package var force: Bool

    package init(hashes: [ContentHash], force: Bool = false) {
        self.hashes = hashes
        self.force = force
    }
}

/// What was found, an entry per replica.
package struct VerifyReply: Sendable, Hashable, Codable {
    package var replicas: [Replica]

    package init(replicas: [Replica]) {
        self.replicas = replicas
    }

    /// One replica.
    package struct Replica: Sendable, Hashable, Codable {
        package var hash: ContentHash
        /// `nil` = no store that is up has the content.
        package var store: MemberName?
        package var result: Result
        package var problem: String?

        package init(
            hash: ContentHash, store: MemberName? = nil, result: Result, problem: String? = nil
        ) {
            self.hash = hash
            self.store = store
            self.result = result
            self.problem = problem
        }
    }

    /// What a look at a replica found.
    package enum Result: String, Sendable, Hashable, Codable, CaseIterable {
        case good
        /// It was bad, went to quarantine and is being replaced.
        case bad
        /// The store does not have it, though it was counted.
        case missing
        /// The store could not be asked.
        case unknown
    }
}
