import SFSCatalog
package import SFSCore
package import SFSWire

extension Engine {
    /// Every prism and store in the catalog, by name; retired stores as well.
    package func members() async throws -> MemberList {
        let votes = Dictionary(grouping: try await catalog.votes(), by: \.target)
        let held = try await usage.value()
        let roll = try await storeRoll()
        let stores = roll.records.map { store in
            reply(
                store, roll.condition(of: store), contents: held[store.facts.number]?.contents,
                votes: votes[store.facts.name] ?? [])
        }
        let prisms = try await catalog.prisms().map { prism in
            reply(prism, votes: votes[prism.name] ?? [])
        }
        return MemberList(members: (stores + prisms).sorted { $0.name < $1.name })
    }

    /// Gives roles to a member and takes roles from it, at once.
    ///
    /// - Throws: `SFSError` with code `.notFound`; `.usage` for the role `online`, which nobody
    ///   gives, and for an order that contradicts itself or says nothing.
    package func setRoles(
        of member: MemberName, _ order: RolesOrder, actor: String
    ) async throws -> MemberReply {
        let (add, remove) = (Set(order.add), Set(order.remove))
        guard add.isDisjoint(with: remove), !add.union(remove).isEmpty else {
            throw SFSError(.usage, "name roles to give or to take, and none of them twice")
        }
        guard !add.union(remove).contains(.online) else {
            throw SFSError(
                .usage, "'online' is not a role to give or to take: members see who is online")
        }
        try await catalog.setRoles(of: member, add: add, remove: remove, actor: actor)
        return try await reply(toMember: member)
    }

    /// Takes a prism that is gone for good out of the catalog.
    ///
    /// - Throws: `SFSError` with code `.notFound`; `.conflict` when it is alive or a store.
    package func removeMember(_ name: MemberName, actor: String) async throws {
        guard let prism = try await catalog.prisms().first(where: { $0.name == name }) else {
            guard try await catalog.store(named: name) == nil else {
                throw SFSError(
                    .conflict, "'\(name)' is a store; drain it, then use 'sfs store retire'")
            }
            throw SFSError(.notFound, "there is no member '\(name)'")
        }
        guard !isOnline(prism) else {
            throw SFSError(.conflict, "prism '\(name)' is alive; stop it first")
        }
        try await catalog.removePrism(name, actor: actor)
    }

    /// Has a store take contents again, and cancels the plans that drain it.
    ///
    /// What they have moved stays where it is.
    ///
    /// - Throws: `SFSError` with code `.notFound`; `.conflict` when it is retired.
    package func undrain(_ store: MemberName, actor: String) async throws -> MemberReply {
        let record = try await storeRoll().record(named: store)
        guard !record.isRetired else {
            throw SFSError(.conflict, "store '\(store)' is retired; it does not come back")
        }
        try await catalog.setDraining(store, false, actor: actor)
        for state in [PlanState.running, .paused] {
            let plans = try await catalog.plans(state: state, limit: Self.drainsMaximum)
            for plan in plans where plan.kind == .drain {
                guard try await hasTasks(plan.number, awayFrom: record.facts.number) else {
                    continue
                }
                _ = try await catalog.changePlan(plan.number, .cancel, actor: actor)
            }
        }
        return try await reply(toMember: store)
    }

    /// Takes a store out of the cluster for good: it holds nothing from then on, and its name does
    /// not come back.
    ///
    /// - Throws: `SFSError` with code `.notFound`; `.conflict` while a content needs it.
    package func retire(_ store: MemberName, actor: String) async throws -> MemberReply {
        let roll = try await storeRoll()
        let record = try roll.record(named: store)
        let lost = roll.stores([.lost]).map(\.facts.number)
            .filter { $0 != record.facts.number }
        switch try await catalog.retire(store, lost: lost, actor: actor) {
        case .retired: break
        case .refused(let contents):
            throw SFSError(
                .conflict,
                "\(contents) contents need store '\(store)': they have too few copies elsewhere, "
                    + "or rules that keep them there; drain it first")
        }
        return try await reply(toMember: store)
    }

    /// Plans of one state that are looked through for those that drain a store.
    private static let drainsMaximum = 1000

    /// Whether what is left of `plan` moves replicas away from `store`.
    private func hasTasks(
        _ plan: Int64, awayFrom store: StoreNumber
    ) async throws -> Bool {
        try await catalog.tasks(plan: plan, store: nil, state: nil, after: nil, limit: 1)
            .contains { $0.source == store || $0.kind == .remove && $0.store == store }
    }

    /// The member called `name`, as it is now.
    private func reply(toMember name: MemberName) async throws -> MemberReply {
        guard let member = try await members().members.first(where: { $0.name == name }) else {
            throw SFSError(.notFound, "there is no member '\(name)'")
        }
        return member
    }

    /// Whether the catalog heard of a prism lately, and nobody took `online` from it.
    func isOnline(_ prism: PrismRecord) -> Bool {
        prism.roles.contains(.online) && .seconds(prism.secondsSinceSeen) <= settings.offlineAfter
    }

    private func reply(
        _ store: StoreRecord, _ condition: StoreCondition, contents: Int64?, votes: [VoteRecord]
    ) -> MemberReply {
        MemberReply(
            name: store.facts.name, type: .store, zone: store.facts.zone, host: store.facts.host,
            roles: store.facts.roles.sorted { $0.rawValue < $1.rawValue }, url: store.url,
            version: store.version, silentSeconds: store.secondsSinceSeen, condition: condition,
            isDraining: store.isDraining, freeBytes: store.facts.freeBytes,
            totalBytes: store.facts.totalBytes, volume: store.volume, contents: contents ?? 0,
            problem: store.problem, votes: votes.map(Self.vote))
    }

    private func reply(_ prism: PrismRecord, votes: [VoteRecord]) -> MemberReply {
        MemberReply(
            name: prism.name, type: .prism, zone: prism.zone, host: prism.host,
            roles: prism.roles.sorted { $0.rawValue < $1.rawValue }, url: prism.url,
            version: prism.version, silentSeconds: prism.secondsSinceSeen,
            votes: votes.map(Self.vote))
    }

    private static func vote(_ record: VoteRecord) -> MemberReply.Vote {
        MemberReply.Vote(voter: record.voter, reason: record.reason, expiresAt: record.expires)
    }
}
