import SFSCatalog
package import SFSCore
package import SFSWire

extension Engine {
    /// Whether a store can go, for a while (`stop`) or for good (`retire`).
    ///
    /// It can stop when every content stays within reach, and retire when every content that it
    /// holds has enough copies elsewhere. Stores that are away, and those of which this was said
    /// lately, count as gone already. A yes holds for `EngineSettings.holdLife`.
    ///
    /// - Throws: `SFSError` with code `.notFound`; `.busy` when others are asking all the time.
    package func can(
        _ purpose: StorePurpose, _ store: MemberName, actor: String
    ) async throws -> CanReply {
        for _ in 0..<Self.canTriesMaximum {
            if let reply = try await answer(purpose, store) { return reply }
        }
        throw SFSError(.busy, "others are asking about other stores; ask again about '\(store)'")
    }

    /// How often it is asked again when another store was held meanwhile.
    private static let canTriesMaximum = 10

    /// `nil` when another store was held while this was worked out.
    private func answer(_ purpose: StorePurpose, _ name: MemberName) async throws -> CanReply? {
        let roll = try await storeRoll()
        let store = try roll.record(named: name).facts.number
        let others = try await catalog.holds().map(\.store).filter { $0 != store }
        let gone = Set(roll.stores([.away, .lost, .retired]).map(\.facts.number)).union(others)
        let risk = try await catalog.risk(down: gone.union([store]).sorted(), holding: store)
        var reply = CanReply(
            store: name, purpose: purpose, answer: false, reason: "",
            contentsOutOfReach: risk.outOfReach, contentsAtRisk: risk.atRisk)
        let held = try others.sorted().map { number in "'\(try roll.name(of: number))'" }
        if let refusal = refusal(purpose, risk, held) {
            try await catalog.releaseHold(store)
            reply.reason = refusal
            return reply
        }
        let until = try await catalog.takeHold(
            store, purpose, for: settings.holdLife, besides: others)
        guard let until else { return nil }
        reply.answer = true
        reply.holdsUntil = until
        reply.reason = consent(purpose, risk)
        return reply
    }

    /// Why not; `nil` = nothing speaks against it.
    private func refusal(
        _ purpose: StorePurpose, _ risk: CatalogRisk, _ held: [String]
    ) -> String? {
        let also = held.isEmpty ? "" : ", with \(held.joined(separator: ", ")) gone as well"
        switch purpose {
        case .stop:
            guard risk.outOfReach > 0 else { return nil }
            return "\(risk.outOfReach) contents would be out of reach\(also)"
        case .retire:
            guard risk.atRisk > 0 else { return nil }
            return "\(risk.atRisk) contents would have too few copies\(also); drain it first"
        }
    }

    private func consent(_ purpose: StorePurpose, _ risk: CatalogRisk) -> String {
        switch purpose {
        case .stop where risk.atRisk > 0:
            "all contents stay within reach; \(risk.atRisk) would have fewer copies than they want"
        case .stop: "all contents keep the copies that they want"
        case .retire: "all that it holds has enough copies elsewhere"
        }
    }
}
