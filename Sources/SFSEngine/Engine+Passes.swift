import SFSCatalog
package import SFSCore
package import SFSWire

extension Engine {
    /// Has stores go over their volumes; the passes of all that are meant, those that were waiting
    /// or running already as well, which stay as they are.
    ///
    /// Of a zone, or of all, those stores are meant whose replicas count; a store that is named is
    /// meant anyway, and does it when it is back.
    ///
    /// - Throws: `SFSError` with code `.notFound` for a store or a zone that there is not, `.usage`
    ///   when not exactly one of `store`, `zone` and `all` is set.
    package func requestPasses(_ order: PassOrder, actor: String) async throws -> PassList {
        let stores = try meant(by: order, try await storeRoll())
        let orders = String(decoding: try JSON.encode(order.options), as: UTF8.self)
        for store in stores {
            let isNew = try await catalog.requestPass(
                order.kind, of: store.facts.number, orders: orders)
            guard isNew else { continue }
            try await catalog.audit(
                actor, "request-\(order.kind.rawValue)", store.facts.name.text, orders)
        }
        let numbers = Set(stores.map(\.facts.number))
        let records = try await catalog.passes(kind: order.kind)
        return try await list(records.filter { numbers.contains($0.store) })
    }

    /// The last pass of each store, of one kind or of both, whether it has ended or not.
    package func passes(kind: PassKind?) async throws -> PassList {
        try await list(try await catalog.passes(kind: kind))
    }

    /// Pauses, resumes or cancels a pass.
    ///
    /// - Throws: `SFSError` with code `.notFound` when there is none; `.usage` for `retry`, since a
    ///   pass that failed is asked for again.
    package func changePass(
        _ kind: PassKind, of store: MemberName, _ change: TaskChange, actor: String
    ) async throws -> PassReply {
        let change: TaskChangeKind =
            switch change {
            case .pause: .pause
            case .resume: .resume
            case .cancel: .cancel
            case .retry: throw SFSError(.usage, "a pass is not retried; ask for it again")
            }
        let number = try await storeRoll().record(named: store).facts.number
        guard let pass = try await catalog.changePass(kind, of: number, change) else {
            throw SFSError(
                .notFound, "there is no pass '\(kind.rawValue)' of store '\(store)' to change")
        }
        try await catalog.audit(
            actor, "\(change.rawValue)-\(kind.rawValue)", store.text, "asked for")
        return try Self.reply(pass, store)
    }

    private func meant(by order: PassOrder, _ roll: StoreRoll) throws(SFSError) -> [StoreRecord] {
        let counted = roll.stores([.well, .away])
        switch (order.store, order.zone, order.all) {
        case (let name?, nil, nil):
            let store = try roll.record(named: name)
            guard !store.isRetired else {
                throw SFSError(.notFound, "store '\(name)' is retired; it has no volume any more")
            }
            return [store]
        case (nil, let zone?, nil):
            let stores = counted.filter { $0.facts.zone == zone }
            guard !stores.isEmpty else {
                throw SFSError(.notFound, "there is no zone '\(zone)' with a store in service")
            }
            return stores
        case (nil, nil, true): return counted
        default: throw SFSError(.usage, "name one store, or one zone, or all")
        }
    }

    func list(_ records: [PassRecord]) async throws -> PassList {
        let roll = try await storeRoll()
        let passes = try records.map { record in
            try Self.reply(record, try roll.name(of: record.store))
        }
        return PassList(
            passes: passes.sorted { left, right in
                (left.store, left.kind.rawValue) < (right.store, right.kind.rawValue)
            })
    }

    private static func reply(
        _ record: PassRecord, _ store: MemberName
    ) throws(SFSError) -> PassReply {
        PassReply(
            store: store, kind: record.kind, state: record.state,
            progress: Double(record.position) / Double(prefixes),
            counters: try counters(record), requestedAt: record.requested,
            startedAt: record.started, endedAt: record.ended, problem: record.problem)
    }

    /// Prefixes of 16 bits that a pass goes through.
    private static let prefixes = 1 << 16

    private static func counters(_ record: PassRecord) throws(SFSError) -> PassCounters {
        // A pass that has not begun has none.
        guard record.counters != "{}" else { return PassCounters() }
        return try JSON.decode(PassCounters.self, from: record.counters.utf8)
    }
}
