package import SFSCore

/// Rules of one content, with the names that clients of the original know (protocol.md 1.13).
package struct RulesMessage: Sendable, Hashable, Codable {
    package var copyMinimum: Int?
    package var copyMaximum: Int?
    package var forcedAll: Bool
    package var protectedAll: Bool
    package var forcedStore: [MemberName]
    package var protectedStore: [MemberName]
    package var bannedStore: [MemberName]

    package init(
        copyMinimum: Int? = nil, copyMaximum: Int? = nil, forcedAll: Bool = false,
        protectedAll: Bool = false, forcedStore: [MemberName] = [],
        protectedStore: [MemberName] = [], bannedStore: [MemberName] = []
    ) {
        self.copyMinimum = copyMinimum
        self.copyMaximum = copyMaximum
        self.forcedAll = forcedAll
        self.protectedAll = protectedAll
        self.forcedStore = forcedStore
        self.protectedStore = protectedStore
        self.bannedStore = bannedStore
    }
}

/// Rules of one content, with its name.
package struct RulesReply: Sendable, Hashable, Codable {
    package var hash: ContentHash
    package var rules: RulesMessage

    package init(hash: ContentHash, rules: RulesMessage) {
        self.hash = hash
        self.rules = rules
    }
}

/// Rules of all contents that have some, by hash.
package struct RulesList: Sendable, Hashable, Codable {
    package var contents: [RulesReply]

    package init(contents: [RulesReply]) {
        self.contents = contents
    }
}
