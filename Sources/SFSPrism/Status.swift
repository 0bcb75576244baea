import SFSCatalog
import SFSCore
package import SFSWire

extension Prism {
    /// How the cluster is now: every store is asked, and the catalog is counted.
    ///
    /// - Throws: `SFSError` with code `.unavailable` when the catalog cannot be reached.
    package func status() async throws -> StatusReply {
        try await fleet.refresh()
        let records = fleet.records
        let joined = await ask(records)
        let down = zip(records, joined).filter { !$1.online }.map(\.0.facts.number)
        let stores = await joined + askUnjoined(records)
        let totals = try await catalog.totals()
        let risk = try await catalog.risk(down: down)
        let prisms = try await catalog.prisms().map { prism in
            StatusReply.Prism(
                name: prism.name, zone: prism.zone,
                online: prism.roles.contains(.online)
                    && .seconds(prism.secondsSinceSeen) <= settings.offlineAfter,
                url: prism.url)
        }
        return StatusReply(
            cluster: cluster.name, version: Version.text, contents: totals.contents,
            bytes: totals.bytes, contentsAtRisk: risk.atRisk,
            contentsOutOfReach: risk.outOfReach, prisms: prisms, stores: stores,
            problems: problems(prisms, stores, risk))
    }

    private func ask(_ records: [StoreRecord]) async -> [StatusReply.Store] {
        await withTaskGroup(of: (Int, StatusReply.Store).self) { group in
            for (index, record) in records.enumerated() {
                group.addTask { [self] in (index, await ask(record)) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        .sorted { $0.0 < $1.0 }.map(\.1)
    }

    private func ask(_ record: StoreRecord) async -> StatusReply.Store {
        let facts = record.facts
        var store = StatusReply.Store(
            name: facts.name, zone: facts.zone, host: facts.host,
            roles: facts.roles.sorted { $0.rawValue < $1.rawValue }, online: false,
            freeBytes: facts.freeBytes, totalBytes: facts.totalBytes, problem: nil)
        guard facts.roles.contains(.active) else {
            store.problem = "it is not in service"
            return store
        }
        guard let member = fleet.member(facts.number) else {
            store.problem = "it has no address"
            return store
        }
        do {
            let health = try await withTimeLimit(.seconds(3), "the store") {
                try await member.transport.health()
            }
            store.problem = health.problem
            store.online = health.problem == nil
            if health.totalBytes > 0 {
                store.freeBytes = health.freeBytes
                store.totalBytes = health.totalBytes
            }
        } catch {
            store.problem = SFSError(wrapping: error).message
        }
        return store
    }

    /// The stores of this process that the catalog has never seen, since their volumes are refused.
    private func askUnjoined(_ records: [StoreRecord]) async -> [StatusReply.Store] {
        var stores: [StatusReply.Store] = []
        for local in fleet.locals where !records.contains(where: { $0.facts.name == local.name }) {
            // Asking a store of this process does not fail: not being open is its answer.
            let problem = try? await local.transport.health().problem
            stores.append(
                StatusReply.Store(
                    name: local.name, zone: local.zone, host: local.host, roles: [],
                    online: false, freeBytes: 0, totalBytes: 0,
                    problem: (problem ?? nil) ?? "it has not joined the cluster yet"))
        }
        return stores
    }

    private func problems(
        _ prisms: [StatusReply.Prism], _ stores: [StatusReply.Store], _ risk: CatalogRisk
    ) -> [String] {
        var problems = prisms.filter { !$0.online }.map { "prism '\($0.name)' is offline" }
        for store in stores where !store.online {
            problems.append(
                "store '\(store.name)' is offline: \(store.problem ?? "no reason given")")
        }
        if stores.count(where: \.online) < settings.copies {
            problems.append(
                "only \(stores.count(where: \.online)) of the \(settings.copies) stores that a "
                    + "new content needs are online")
        }
        if risk.atRisk > 0 {
            problems.append("\(risk.atRisk) contents have too few copies on stores that are online")
        }
        if risk.outOfReach > 0 {
            problems.append("\(risk.outOfReach) contents have no copy on a store that is online")
        }
        return problems
    }
}
