import SFSCatalog
package import SFSCore
package import SFSWire

extension Engine {
    /// The rules of `hash`; those that say nothing when it has none.
    ///
    /// - Throws: `SFSError` with code `.notFound` when there is no such content.
    package func rules(of hash: ContentHash) async throws -> RulesMessage {
        try await requireContent(hash)
        guard let rules = try await catalog.rules(of: hash) else { return RulesMessage() }
        return try message(rules, try await storeRoll())
    }

    /// Rules of all contents that have some, by hash, after `after`.
    package func rules(after: ContentHash?, limit: Int) async throws -> RulesList {
        let roll = try await storeRoll()
        let page = try await catalog.rules(after: after, limit: limit)
        return RulesList(
            contents: try page.map { hash, rules in
                RulesReply(hash: hash, rules: try message(rules, roll))
            })
    }

    /// Gives a content rules, in place of those that it had.
    ///
    /// Repair and balance act on them by themselves.
    ///
    /// - Throws: `SFSError` with code `.notFound` for a content or a store that there is not;
    ///   `.usage` for rules that contradict themselves or the cluster's minimum.
    package func setRules(
        _ message: RulesMessage, of hash: ContentHash, actor: String
    ) async throws -> RulesMessage {
        try check(message)
        try await requireContent(hash)
        let roll = try await storeRoll()
        func numbers(_ names: [MemberName]) throws -> Set<StoreNumber> {
            Set(try names.map { name in try roll.record(named: name).facts.number })
        }
        let rules = ContentRules(
            copyMinimum: message.copyMinimum, copyMaximum: message.copyMaximum,
            isForced: message.forcedAll, isProtected: message.protectedAll,
            forcedStores: try numbers(message.forcedStore),
            protectedStores: try numbers(message.protectedStore),
            bannedStores: try numbers(message.bannedStore))
        try await catalog.setRules(rules, of: hash, actor: actor)
        return try self.message(rules, roll)
    }

    /// Takes the rules of a content away.
    ///
    /// - Throws: `SFSError` with code `.notFound` when it has none.
    package func clearRules(of hash: ContentHash, actor: String) async throws {
        guard try await catalog.clearRules(of: hash, actor: actor) else {
            throw SFSError(.notFound, "'\(hash)' has no rules")
        }
    }

    /// Copies that rules may ask for.
    private static let copiesMaximum = 64

    private func check(_ rules: RulesMessage) throws(SFSError) {
        let (minimum, maximum) = (rules.copyMinimum, rules.copyMaximum)
        for count in [minimum, maximum] {
            guard let count, !(1...Self.copiesMaximum).contains(count) else { continue }
            throw SFSError(
                .usage, "'\(count)' is not a number of copies from 1 to \(Self.copiesMaximum)")
        }
        if let maximum, maximum < settings.minCopies {
            throw SFSError(
                .usage,
                "'\(maximum)' copies at most are fewer than the \(settings.minCopies) that every "
                    + "content of this cluster has")
        }
        if let minimum, let maximum, minimum > maximum {
            throw SFSError(
                .usage,
                "at least '\(minimum)' and at most '\(maximum)' copies contradict each other")
        }
        let banned = Set(rules.bannedStore)
        if let store = (rules.forcedStore + rules.protectedStore).first(where: banned.contains) {
            throw SFSError(.usage, "store '\(store)' is banned, and forced or protected as well")
        }
    }

    private func requireContent(_ hash: ContentHash) async throws {
        guard try await catalog.content(hash) != nil else {
            throw SFSError(.notFound, "'\(hash)' is not known here")
        }
    }

    /// Rules with names for numbers.
    func message(_ rules: ContentRules, _ roll: StoreRoll) throws(SFSError) -> RulesMessage {
        func names(_ numbers: Set<StoreNumber>) throws(SFSError) -> [MemberName] {
            try numbers.map { number throws(SFSError) in try roll.name(of: number) }.sorted()
        }
        return RulesMessage(
            copyMinimum: rules.copyMinimum, copyMaximum: rules.copyMaximum,
            forcedAll: rules.isForced, protectedAll: rules.isProtected,
            forcedStore: try names(rules.forcedStores),
            protectedStore: try names(rules.protectedStores),
            bannedStore: try names(rules.bannedStores))
    }
}
