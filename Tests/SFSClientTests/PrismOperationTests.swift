import PrismStandIn
import SFSCore
import SFSWire
import SystemPackage
import Testing

@testable import SFSClient

@Suite("A prism's operations over HTTP")
struct PrismOperationTests {
    private let hashes: [ContentHash]
    private let store: MemberName

    init() throws {
        hashes = try (0..<7).map { try PrismStandIn.hash([$0], .sha1) }.sorted()
        store = try MemberName(parsing: "s1")
    }

    private func task(_ number: Int64, _ state: TaskState = .waiting) -> TaskReply {
        TaskReply(
            task: number, kind: .clone, state: state, hash: hashes[0], store: store, size: 10,
            bytesDone: 0, plan: 1, attempts: 0, createdAt: Timestamp(milliseconds: 0),
            actor: "root", reason: "")
    }

    @Test("plan, show, apply and change plans")
    func plans() async throws {
        try await TransferFixture.with { fixture in
            let (prism, book) = (fixture.prism, fixture.standIn.plans)
            let order = PlanOrder(
                balance: BalanceOrder(band: 3), reason: "cron", bandwidth: 20, concurrency: 2)
            let shown = try await prism.makePlan(order)
            #expect(book.orders == [order])
            #expect(shown.state == .shown)
            #expect(try await prism.plans(state: .shown, limit: 5).map(\.plan) == [1])
            #expect(try await prism.plans(state: .running) == [])
            #expect(try await prism.applyPlan(1).state == .running)
            #expect(try await prism.changePlan(1, .pause).state == .paused)
            #expect(try await prism.changePlan(1, .resume).state == .running)
            _ = try await prism.plan(1)
            #expect(try await prism.plan(1).state == .done)
            book.setRefusal("2 contents have changed since")
            let refusal = await #expect(throws: SFSError.self) { try await prism.applyPlan(1) }
            #expect(refusal?.code == .conflict)
            #expect(refusal?.message == "2 contents have changed since")
            let missing = await #expect(throws: SFSError.self) { try await prism.plan(9) }
            #expect(missing?.code == .notFound)
        }
    }

    @Test("page through steps and tasks, and change tasks")
    func tasks() async throws {
        try await TransferFixture.with { fixture in
            let (prism, book) = (fixture.prism, fixture.standIn.plans)
            let store = store
            book.keep(
                hashes.map { PlanStepList.Step(hash: $0, kind: .clone, store: store, size: 1) })
            var found: [ContentHash] = []
            while case let page = try await prism.planSteps(1, after: found.last), !page.isEmpty {
                found += page.map(\.hash)
            }
            #expect(found == hashes)
            book.keep([task(4), task(7, .running)])
            #expect(try await prism.tasks().map(\.task) == [4, 7])
            #expect(try await prism.tasks(after: 4).map(\.task) == [7])
            #expect(try await prism.tasks(plan: 1, store: store, state: .running).count == 1)
            #expect(try await prism.tasks(plan: 2) == [])
            #expect(try await prism.task(7).state == .running)
            let order = TaskOrder(change: .cancel, tasks: [4, 5])
            #expect(try await prism.changeTasks(order) == 1)
            #expect(book.changes == [order])
        }
    }

    @Test("go over volumes, verify and prune")
    func passes() async throws {
        try await TransferFixture.with { fixture in
            let (prism, book) = (fixture.prism, fixture.standIn.passes)
            let order = PassOrder(
                kind: .verify, store: store, options: PassOptions(force: true, bandwidth: 5))
            let begun = try await prism.beginPasses(order)
            #expect(begun.map(\.state) == [.waiting])
            #expect(book.orders == [order])
            #expect(try await prism.passes(.inventory) == [])
            #expect(try await prism.passes().map(\.state) == [.done])
            #expect(try await prism.changePass(.verify, of: store, .pause).state == .paused)
            let replica = VerifyReply.Replica(hash: hashes[0], store: store, result: .bad)
            book.setReplicas([replica])
            let question = VerifyOrder(hashes: [hashes[0]], force: true)
            #expect(try await prism.verify(question) == [replica])
            let entry = PruneReply.Entry(kind: .trash, store: store, count: 2, bytes: 9)
            book.setPruned([entry])
            #expect(try await prism.prune(PruneOrder(only: [.spool])) == [])
            #expect(try await prism.prune(PruneOrder(dryRun: true)) == [entry])
            #expect(book.prunes.map(\.dryRun) == [false, true])
        }
    }

    @Test("list members and change them")
    func members() async throws {
        try await TransferFixture.with { fixture in
            let (prism, book) = (fixture.prism, fixture.standIn.members)
            #expect(try await prism.members().map(\.name.text) == ["p1", "s1", "s2", "s3"])
            let order = RolesOrder(remove: [.write])
            #expect(try await prism.changeRoles(of: store, order).roles.contains(.write) == false)
            #expect(try await prism.undrain(store).isDraining == false)
            #expect(try await prism.can(.stop, store).answer)
            book.setCanGo(false)
            #expect(try await prism.can(.retire, store).answer == false)
            let needed = await #expect(throws: SFSError.self) { try await prism.retire(store) }
            #expect(needed?.code == .conflict)
            try await prism.removeMember(try MemberName(parsing: "p1"))
            #expect(try await prism.members().count == 3)
            let adoption = AdoptOrder(folder: "/srv/old", store: store, takesOver: true)
            #expect(try await prism.adoptVolume(adoption).layout == "pairs")
            #expect(book.adoptions == [adoption])
        }
    }

    @Test("keep rules, and page through those that have some")
    func rules() async throws {
        try await TransferFixture.with { fixture in
            let (prism, book) = (fixture.prism, fixture.standIn.care)
            let rules = RulesMessage(copyMinimum: 3, bannedStore: [store])
            #expect(try await prism.setRules(rules, of: hashes[0]) == rules)
            #expect(try await prism.rules(of: hashes[0]) == rules)
            #expect(try await prism.rules(of: hashes[1]) == RulesMessage())
            try await prism.clearRules(of: hashes[0])
            let none = await #expect(throws: SFSError.self) {
                try await prism.clearRules(of: hashes[0])
            }
            #expect(none?.code == .notFound)
            for hash in hashes { book.setRules(rules, of: hash) }
            var found: [ContentHash] = []
            while case let page = try await prism.rules(after: found.last), !page.isEmpty {
                found += page.map(\.hash)
            }
            #expect(found == hashes)
        }
    }

    @Test("tell of the audit, the catalog and what is wrong")
    func care() async throws {
        try await TransferFixture.with { fixture in
            let (prism, book) = (fixture.prism, fixture.standIn.care)
            book.keep(
                (1...5).reversed().map { number in
                    AuditEntry(
                        number: number, at: Timestamp(milliseconds: 0), actor: "a & b",
                        action: "remove", subject: "x", reason: "")
                })
            #expect(try await prism.audit(AuditQuestion(before: 4)).map(\.number) == [3, 2, 1])
            #expect(try await prism.audit(AuditQuestion(actor: "c")) == [])
            #expect(
                fixture.standIn.requests.last?.target == "\(Routes.audit)?actor=c")
            let finding = DoctorReply.Finding(
                severity: .error, area: "clock", subject: "s1", message: "is late", remedy: "ntp")
            book.setFindings([finding])
            #expect(try await prism.doctor() == [finding])
            #expect(try await prism.catalog().url == "postgres://demo")
            #expect(try await prism.rebuildCatalog().isDone == false)
            _ = try await prism.rebuild()
            #expect(try await prism.rebuild().isDone)
        }
    }

    @Test("dump the catalog to a file, whole or not at all")
    func dump() async throws {
        try await TransferFixture.with { fixture in
            let book = fixture.standIn.care
            book.setDump(
                hashes.map { hash in
                    DumpLine(
                        tombstone: .init(
                            hash: hash, generation: 1, deletedAt: Timestamp(milliseconds: 0)))
                })
            let dump = CatalogDump(fixture.prism)
            let size = try await dump.save(as: fixture.path("dump"))
            let bytes = try #require(fixture.read("dump"))
            #expect(Int64(bytes.count) == size)
            let lines = bytes.split(separator: UInt8(ascii: "\n"))
            let read = try lines.map { try JSON.decode(DumpLine.self, from: $0) }
            #expect(read.compactMap(\.tombstone?.hash) == hashes)
            fixture.standIn.stop()
            await #expect(throws: SFSError.self) { try await dump.save(as: fixture.path("dump")) }
            #expect(fixture.read("dump") == bytes)
            #expect(try fixture.names == ["dump"])
            let folder = await #expect(throws: SFSError.self) { try await dump.save(as: "/tmp") }
            #expect(folder?.code == .conflict)
        }
    }

    @Test("are not believed when a page repeats itself", arguments: ["tasks", "rules", "audit"])
    func endless(what: String) async throws {
        let hash = hashes[0]
        let page: [UInt8] =
            switch what {
            case "tasks": try JSON.encode(TaskList(tasks: [task(5)]))
            case "rules":
                try JSON.encode(
                    RulesList(contents: [RulesReply(hash: hash, rules: RulesMessage())]))
            default:
                try JSON.encode(
                    AuditList(entries: [
                        AuditEntry(
                            number: 5, at: Timestamp(milliseconds: 0), actor: "", action: "",
                            subject: "", reason: "")
                    ]))
            }
        let server = try RawServer { connection in
            while connection.request() != nil { connection.reply(200, [:], page) }
        }
        defer { server.stop() }
        try await withTransport(to: server.address) { transport in
            let prism = PrismClient(transport)
            let error = await #expect(throws: SFSError.self) {
                switch what {
                case "tasks": _ = try await prism.tasks(after: 5)
                case "rules": _ = try await prism.rules(after: hash)
                default: _ = try await prism.audit(AuditQuestion(before: 5))
                }
            }
            #expect(error?.code == .protocol)
        }
    }
}
