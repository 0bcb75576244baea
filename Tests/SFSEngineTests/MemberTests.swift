import SFSCatalog
import SFSCore
import SFSEngine
import SFSPostgres
import SFSWire
import Testing

@Suite("Members, for operators")
struct MemberTests {
    private static func error(_ body: () async throws -> Void) async -> ErrorCode? {
        await #expect(throws: SFSError.self) { try await body() }?.code
    }

    @Test("are listed with their condition, what they hold, and who says that they are down")
    func list() async throws {
        try await CareBench.with(stores: 3, prisms: 1) { bench in
            try await bench.record(1, on: [0, 1])
            try await bench.record(2, on: [0, 2])
            try await bench.silence(try CareBench.store(1), seconds: 60)
            try await bench.silence(try CareBench.store(2), seconds: 3600)
            try await bench.catalog.castVote(
                target: try CareBench.store(0), voter: try CareBench.prism(0), reason: "no answer",
                life: .seconds(60))
            let members = try await bench.engine.members().members
            #expect(members.map(\.name) == members.map(\.name).sorted())
            #expect(members.map(\.type) == [.prism, .store, .store, .store])
            #expect(members.map(\.condition) == [nil, .well, .away, .lost])
            #expect(members.map(\.contents) == [nil, 2, 1, 1])
            #expect(members[1].votes.map(\.voter) == [try CareBench.prism(0)])
            #expect(members[1].votes.map(\.reason) == ["no answer"])
            #expect(members[1].version == Version.text)
            #expect(members[2].silentSeconds >= 60)
        }
    }

    @Test("that report a problem count as lost at once, and as away without their roles")
    func conditions() async throws {
        try await CareBench.with(stores: 3) { bench in
            try await bench.catalog.report(
                try await bench.number(0), freeBytes: 0, totalBytes: 1, problem: "it is gone")
            _ = try await bench.engine.setRoles(
                of: try CareBench.store(1), RolesOrder(remove: [.active]), actor: "test")
            try await bench.catalog.leave(store: try await bench.number(2))
            let members = try await bench.engine.members().members
            #expect(members.map(\.condition) == [.lost, .away, .away])
        }
    }

    @Test("get roles and lose them at once, with a line in the audit")
    func roles() async throws {
        try await CareBench.with(stores: 1, prisms: 1) { bench in
            let name = try CareBench.store(0)
            let changed = try await bench.engine.setRoles(
                of: name, RolesOrder(remove: [.write]), actor: "anna")
            #expect(Set(changed.roles) == [.active, .online, .read])
            let again = try await bench.engine.setRoles(
                of: name, RolesOrder(add: [.write], remove: [.read]), actor: "anna")
            #expect(Set(again.roles) == [.active, .online, .write])
            let prism = try await bench.engine.setRoles(
                of: try CareBench.prism(0), RolesOrder(remove: [.read]), actor: "anna")
            #expect(!prism.roles.contains(.read))
            let entries = try await bench.engine.audit(
                subject: name.text, actor: "anna", since: nil, before: nil, limit: 10
            ).entries
            #expect(entries.map(\.action) == ["set-roles", "set-roles"])
        }
    }

    @Test(
        "are not given what makes no sense",
        arguments: [
            RolesOrder(), RolesOrder(add: [.online]), RolesOrder(remove: [.online]),
            RolesOrder(add: [.read], remove: [.read]),
        ])
    func senseless(order: RolesOrder) async throws {
        try await CareBench.with(stores: 1) { bench in
            let code = await Self.error {
                _ = try await bench.engine.setRoles(
                    of: try CareBench.store(0), order, actor: "test")
            }
            #expect(code == .usage)
        }
    }

    @Test("that are prisms and gone for good are removed; no others are")
    func removal() async throws {
        try await CareBench.with(stores: 1, prisms: 2) { bench in
            let engine = bench.engine
            let gone = try CareBench.prism(0)
            #expect(
                await Self.error { try await engine.removeMember(gone, actor: "test") } == .conflict
            )
            try await bench.silence(gone, seconds: 60)
            try await engine.removeMember(gone, actor: "test")
            #expect(try await engine.members().members.count == 2)
            #expect(
                await Self.error { try await engine.removeMember(gone, actor: "test") } == .notFound
            )
            let store = try CareBench.store(0)
            try await bench.silence(store, seconds: 60)
            #expect(
                await Self.error { try await engine.removeMember(store, actor: "test") }
                    == .conflict)
        }
    }

    @Test("that were being drained take again, and the plan that drained them is cancelled")
    func undrain() async throws {
        try await CareBench.with(stores: 3) { bench in
            try await bench.record(1, on: [0, 1])
            try await bench.record(2, on: [1, 2])
            let (zero, one) = (try CareBench.store(0), try CareBench.store(1))
            let ours = try await drain(0, of: 1, to: 2, bench)
            let other = try await drain(2, of: 2, to: 0, bench)
            try await bench.catalog.setDraining(zero, true, actor: "test")
            let reply = try await bench.engine.undrain(zero, actor: "test")
            #expect(reply.isDraining == false)
            #expect(try await bench.catalog.plan(ours)?.state == .cancelled)
            #expect(try await bench.catalog.plan(other)?.state == .running)
            #expect(try await bench.engine.undrain(one, actor: "test").isDraining == false)
        }
    }

    /// A running plan that moves a content away from `store`.
    private func drain(
        _ store: Int, of content: Int, to target: Int, _ bench: CareBench
    ) async throws -> Int64 {
        let hash = try CareBench.hash(content)
        let found = try #require(try await bench.catalog.planningContents([hash]).first)
        let step = PlanStep(
            found, .move, on: try await bench.number(target), from: try await bench.number(store))
        let number = try await bench.catalog.savePlan(
            .drain, actor: "test", reason: "", summary: "{}", members: "", bandwidth: nil,
            concurrency: nil, steps: [step])
        _ = try await bench.catalog.applyPlan(
            number, members: "", ageMaximum: .seconds(60), actor: "test")
        return number
    }

    @Test("that are stores retire when nothing needs them, and do not come back")
    func retire() async throws {
        try await CareBench.with(stores: 3) { bench in
            let hash = try await bench.record(1, on: [0, 1])
            let name = try CareBench.store(0)
            let code = await Self.error {
                _ = try await bench.engine.retire(name, actor: "test")
            }
            #expect(code == .conflict)
            try await bench.record(1, on: [2])
            let reply = try await bench.engine.retire(name, actor: "test")
            #expect(reply.condition == .retired)
            #expect(reply.roles.isEmpty)
            let left = try #require(try await bench.catalog.content(hash)).stores
            #expect(left == [try await bench.number(1), try await bench.number(2)])
            let joins = await Self.error { try await bench.joinStore(0) }
            #expect(joins == .conflict)
            #expect(
                await Self.error {
                    _ = try await bench.engine.undrain(name, actor: "test")
                } == .conflict)
        }
    }

    @Test("do not retire on the strength of copies that are lost")
    func retireWithLost() async throws {
        try await CareBench.with(stores: 3) { bench in
            try await bench.record(1, on: [0, 1, 2])
            try await bench.silence(try CareBench.store(2), seconds: 3600)
            let code = await Self.error {
                _ = try await bench.engine.retire(try CareBench.store(0), actor: "test")
            }
            #expect(code == .conflict)
        }
    }
}
