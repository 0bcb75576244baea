package import SFSCore

/// One line of the audit.
package struct AuditEntry: Sendable, Hashable, Codable {
    package var number: Int64
    package var at: Timestamp
    package var actor: String
    package var action: String
    package var subject: String
    package var reason: String

    package init(
        number: Int64, at: Timestamp, actor: String, action: String, subject: String,
        reason: String
    ) {
        self.number = number
        self.at = at
        self.actor = actor
        self.action = action
        self.subject = subject
        self.reason = reason
    }
}

/// Lines of the audit, newest first.
package struct AuditList: Sendable, Hashable, Codable {
    package var entries: [AuditEntry]

    package init(entries: [AuditEntry]) {
        self.entries = entries
    }
}

/// What a look at the whole cluster found.
package struct DoctorReply: Sendable, Hashable, Codable {
    package var findings: [Finding]

    package init(findings: [Finding]) {
        self.findings = findings
    }

    /// Something that was looked at.
    package struct Finding: Sendable, Hashable, Codable {
        package var severity: Severity
        /// For example `clock`, `tls`, `mount`, `catalog`, `version`, `configuration`, `repair`.
        package var area: String
        /// The member or thing that it is about.
        package var subject: String
        package var message: String
        /// What to do; `""` where all is well.
        package var remedy: String

        package init(
            severity: Severity, area: String, subject: String, message: String, remedy: String
        ) {
            self.severity = severity
            self.area = area
            self.subject = subject
            self.message = message
            self.remedy = remedy
        }
    }

    /// How bad something is.
    package enum Severity: String, Sendable, Hashable, Codable, CaseIterable {
        case fine
        case warning
        case error
    }
}

/// Where the catalog is.
package struct CatalogReply: Sendable, Hashable, Codable {
    /// Its URL, without a password.
    package var url: String
    /// Whether sfsd runs it itself.
    package var isPrivate: Bool
    package var isRebuilding: Bool

    package init(url: String, isPrivate: Bool, isRebuilding: Bool) {
        self.url = url
        self.isPrivate = isPrivate
        self.isRebuilding = isRebuilding
    }
}

/// How a rebuild of the catalog is getting on.
package struct RebuildReply: Sendable, Hashable, Codable {
    /// The inventories that it waits for.
    package var passes: [PassReply]
    package var contents: Int64
    /// Whether all of them are done and the catalog is whole again.
    package var isDone: Bool
    /// Stores whose volumes could not be read.
    package var missing: [MemberName]

    package init(passes: [PassReply], contents: Int64, isDone: Bool, missing: [MemberName]) {
        self.passes = passes
        self.contents = contents
        self.isDone = isDone
        self.missing = missing
    }
}

/// A part of a dump of the catalog.
package struct DumpPage: Sendable, Hashable, Codable {
    package var lines: [DumpLine]
    /// What to ask for next (`after`); `nil` = this was the last.
    package var next: String?

    package init(lines: [DumpLine], next: String? = nil) {
        self.lines = lines
        self.next = next
    }
}

/// One line of a dump of the catalog: exactly one field is set.
package struct DumpLine: Sendable, Hashable, Codable {
    package var cluster: Cluster?
    package var store: Store?
    package var content: Content?
    package var tombstone: Tombstone?
    package var rules: RulesReply?

    package init(
        cluster: Cluster? = nil, store: Store? = nil, content: Content? = nil,
        tombstone: Tombstone? = nil, rules: RulesReply? = nil
    ) {
        self.cluster = cluster
        self.store = store
        self.content = content
        self.tombstone = tombstone
        self.rules = rules
    }

    /// Which cluster it is of.
    package struct Cluster: Sendable, Hashable, Codable {
        package var name: MemberName
        package var id: String
        package var dumpedAt: Timestamp

        package init(name: MemberName, id: String, dumpedAt: Timestamp) {
            self.name = name
            self.id = id
            self.dumpedAt = dumpedAt
        }
    }

    /// A store.
    package struct Store: Sendable, Hashable, Codable {
        package var name: MemberName
        package var zone: MemberName
        package var host: MemberName
        package var volume: String

        package init(name: MemberName, zone: MemberName, host: MemberName, volume: String) {
            self.name = name
            self.zone = zone
            self.host = host
            self.volume = volume
        }
    }

    /// A content.
    package struct Content: Sendable, Hashable, Codable {
        package var hash: ContentHash
        package var size: Int64
        package var generation: Int32
        package var desiredCopies: Int
        package var map: [MemberName]
        package var mimeType: String
        package var mimeExtension: String
        package var createdAt: Timestamp

        package init(
            hash: ContentHash, size: Int64, generation: Int32, desiredCopies: Int,
            map: [MemberName], mimeType: String, mimeExtension: String, createdAt: Timestamp
        ) {
            self.hash = hash
            self.size = size
            self.generation = generation
            self.desiredCopies = desiredCopies
            self.map = map
            self.mimeType = mimeType
            self.mimeExtension = mimeExtension
            self.createdAt = createdAt
        }
    }

    /// Something that was deleted.
    package struct Tombstone: Sendable, Hashable, Codable {
        package var hash: ContentHash
        package var generation: Int32
        package var deletedAt: Timestamp

        package init(hash: ContentHash, generation: Int32, deletedAt: Timestamp) {
            self.hash = hash
            self.generation = generation
            self.deletedAt = deletedAt
        }
    }
}
