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
        let totals = try await catalog.totals()
        let risk = try await catalog.risk(down: down)
        let prisms = try await catalog.prisms().map { prism in
            StatusReply.Prism(
                name: prism.name, zone: prism.zone,
                online: prism.roles.contains(.online)
                    && .seconds(prism.secondsSinceSeen) <= settings.offlineAfter,
                url: prism.url)
        }
        var reply = StatusReply(
            cluster: cluster.name, version: Version.text, contents: totals.contents,
            bytes: totals.bytes, contentsAtRisk: risk.atRisk,
            contentsOutOfReach: risk.outOfReach, damaged: try await catalog.damagedCount(),
            tasks: try await taskTotals(), repair: await services.repair(), prisms: prisms,
            stores: try await counted(joined, records) + askUnjoined(records), problems: [])
        reply.problems =
            StatusProblems(
                reply: reply, copies: settings.copies, isRebuilding: fleet.isRebuilding
            ).all
        return reply
    }

    private func taskTotals() async throws -> TaskTotals {
        let tally = try await catalog.taskTotals()
        return TaskTotals(
            waiting: tally.waiting, running: tally.running, paused: tally.paused,
            failed: tally.failed, bytes: tally.bytes)
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
            freeBytes: facts.freeBytes, totalBytes: facts.totalBytes, problem: nil,
            condition: fleet.condition(of: record), isDraining: record.isDraining)
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
            // The catalog hears of it at the next heartbeat.
            if health.problem != nil { store.condition = .lost }
            if health.totalBytes > 0 {
                store.freeBytes = health.freeBytes
                store.totalBytes = health.totalBytes
            }
        } catch {
            store.problem = SFSError(wrapping: error).message
        }
        return store
    }

    /// `stores` with what the catalog counts on each.
    private func counted(
        _ stores: [StatusReply.Store], _ records: [StoreRecord]
    ) async throws -> [StatusReply.Store] {
        let usage = try await services.usage.value()
        let votes = Dictionary(grouping: try await catalog.votes(), by: \.target)
        let passes = try await catalog.passes(kind: nil)
        return zip(stores, records).map { store, record in
            let number = record.facts.number
            var store = store
            store.contents = usage[number]?.contents ?? 0
            store.bytes = usage[number]?.bytes ?? 0
            store.votes = votes[store.name]?.count ?? 0
            func last(_ kind: PassKind) -> StatusReply.Pass? {
                passes.first { $0.store == number && $0.kind == kind }.map { pass in
                    StatusReply.Pass(
                        state: pass.state, progress: Double(pass.position) / 65_536,
                        endedAt: pass.ended)
                }
            }
            store.lastVerify = last(.verify)
            store.lastInventory = last(.inventory)
            return store
        }
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
}
