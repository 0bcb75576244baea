package import SFSCore

/// A member as the API shows it.
package struct MemberReply: Sendable, Hashable, Codable {
    package var name: MemberName
    /// `prism` or `store`.
    package var type: MemberType
    package var zone: MemberName
    package var host: MemberName
    package var roles: [Role]
    package var url: String?
    package var version: String?
    /// Seconds since it last told the catalog of itself.
    package var silentSeconds: Double
    /// Stores only.
    package var condition: StoreCondition?
    package var isDraining: Bool?
    package var freeBytes: Int64?
    package var totalBytes: Int64?
    package var volume: String?
    package var contents: Int64?
    package var problem: String?
    /// Who says that it is down, and why.
    package var votes: [Vote]

    package init(
        name: MemberName, type: MemberType, zone: MemberName, host: MemberName, roles: [Role],
        url: String? = nil, version: String? = nil, silentSeconds: Double,
        condition: StoreCondition? = nil, isDraining: Bool? = nil, freeBytes: Int64? = nil,
        totalBytes: Int64? = nil, volume: String? = nil, contents: Int64? = nil,
        problem: String? = nil, votes: [Vote]
    ) {
        self.name = name
        self.type = type
        self.zone = zone
        self.host = host
        self.roles = roles
        self.url = url
        self.version = version
        self.silentSeconds = silentSeconds
        self.condition = condition
        self.isDraining = isDraining
        self.freeBytes = freeBytes
        self.totalBytes = totalBytes
        self.volume = volume
        self.contents = contents
        self.problem = problem
        self.votes = votes
    }

    /// One member's opinion that another is down.
    package struct Vote: Sendable, Hashable, Codable {
        package var voter: MemberName
        package var reason: String
        package var expiresAt: Timestamp

        package init(voter: MemberName, reason: String, expiresAt: Timestamp) {
            self.voter = voter
            self.reason = reason
            self.expiresAt = expiresAt
        }
    }
}

/// What kind of node a member is.
package enum MemberType: String, Sendable, Hashable, Codable, CaseIterable {
    case prism
    case store
}

/// Members by name.
package struct MemberList: Sendable, Hashable, Codable {
    package var members: [MemberReply]

    package init(members: [MemberReply]) {
        self.members = members
    }
}

/// Roles that a member gets and loses; `online` is not for people to give.
package struct RolesOrder: Sendable, Hashable, Codable {
    package var add: [Role]
    package var remove: [Role]

    package init(add: [Role] = [], remove: [Role] = []) {
        self.add = add
        self.remove = remove
    }
}

/// Whether a store can go.
package struct CanReply: Sendable, Hashable, Codable {
    package var store: MemberName
    package var purpose: StorePurpose
    package var answer: Bool
    /// Why not, or on what condition.
    package var reason: String
    /// Until when a yes holds: other stores are refused meanwhile if that would be too many.
    package var holdsUntil: Timestamp?
    /// Contents that would be out of reach, and below what they want.
    package var contentsOutOfReach: Int64
    package var contentsAtRisk: Int64

    package init(
        store: MemberName, purpose: StorePurpose, answer: Bool, reason: String,
        holdsUntil: Timestamp? = nil, contentsOutOfReach: Int64, contentsAtRisk: Int64
    ) {
        self.store = store
        self.purpose = purpose
        self.answer = answer
        self.reason = reason
        self.holdsUntil = holdsUntil
        self.contentsOutOfReach = contentsOutOfReach
        self.contentsAtRisk = contentsAtRisk
    }
}

/// An order to take over a volume that is there already.
package struct AdoptOrder: Sendable, Hashable, Codable {
    /// Absolute path of the folder, on the host of the daemon that is asked.
    package var folder: String
    /// Which store of the configuration; `nil` = the one whose `volume` is `folder`.
    package var store: MemberName?
    /// Take a volume of ours though it is of another host, or has lost its anchor.
    package var takesOver: Bool

    package init(folder: String, store: MemberName? = nil, takesOver: Bool = false) {
        self.folder = folder
        self.store = store
        self.takesOver = takesOver
    }
}

/// What was adopted; an inventory of it was ordered.
package struct AdoptReply: Sendable, Hashable, Codable {
    package var store: MemberName
    package var folder: String
    package var volume: String
    /// `fanout` or `pairs`.
    package var layout: String

    package init(store: MemberName, folder: String, volume: String, layout: String) {
        self.store = store
        self.folder = folder
        self.volume = volume
        self.layout = layout
    }
}
