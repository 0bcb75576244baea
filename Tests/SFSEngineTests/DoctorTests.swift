import ClusterFixture
import PostgresFixture
import SFSCatalog
import SFSCore
import SFSEngine
import SFSPostgres
import SFSWire
import Testing

@Suite("The doctor")
struct DoctorTests {
    /// A store of which only its health can be asked.
    private struct Patient: StoreTransport {
        var health: StoreHealth
        var isSilent = false

        func health() async throws -> StoreHealth {
            if isSilent { throw SFSError(.unavailable, "connection refused") }
            return health
        }

        private static var other: SFSError { SFSError(.internal, "not asked here") }

        func receive(
            _ upload: UploadID, algorithm: HashAlgorithm, length: Int64?, body: ByteStream
        ) async throws -> ReceivedBytes { throw Self.other }
        func commit(
            _ upload: UploadID, as hash: ContentHash, _ attributes: ContentAttributes
        ) async throws { throw Self.other }
        func discard(_ upload: UploadID) async {}
        func find(_ hash: ContentHash) async throws -> ReplicaFacts? { throw Self.other }
        func read(_ hash: ContentHash, offsets: Range<Int64>?) async throws -> ReplicaBody {
            throw Self.other
        }
        func verify(_ hash: ContentHash) async throws -> VerifiedReplica { throw Self.other }
        func prove(_ hash: ContentHash) async throws -> VerifiedReplica { throw Self.other }
        func prune(_ order: StorePruneOrder) async throws -> [PruneReply.Entry] { throw Self.other }
    }

    /// Runs `body` with three stores and a prism; `change` makes a patient of each, by number.
    private static func with(
        _ change: @escaping @Sendable (Int, inout Patient) -> Void = { _, _ in },
        _ body: (CareBench) async throws -> Void
    ) async throws {
        let reach = EngineReach(
            peers: { name in
                var patient = Patient(
                    health: StoreHealth(
                        name: name, freeBytes: 900_000, totalBytes: 1_000_000, problem: nil,
                        device: "device of \(name)"))
                change(Int(name.text.suffix(1)) ?? 0, &patient)
                return patient
            })
        try await CareBench.with(stores: 3, prisms: 1, reach: reach, body)
    }

    /// What the doctor says that is not fine.
    private static func complaints(_ bench: CareBench) async throws -> [DoctorReply.Finding] {
        try await bench.engine.doctor().findings.filter { $0.severity != .fine }
    }

    @Test("finds nothing where all is well, and says what it looked at")
    func healthy() async throws {
        try await Self.with { bench in
            try await bench.record(1, on: [0, 1])
            let findings = try await bench.engine.doctor().findings
            #expect(findings.filter { $0.severity != .fine } == [])
            let areas = Set(findings.map(\.area))
            #expect(
                areas.isSuperset(of: ["catalog", "clock", "member", "disk", "content", "task"]))
        }
    }

    @Test("gives a remedy for whatever it complains of, the worst first")
    func remedies() async throws {
        try await Self.with { number, patient in
            if number == 0 { patient.health.problem = "the disk answers with errors" }
        } _: { bench in
            try await bench.silence(try CareBench.store(1), seconds: 60)
            try await bench.silence(try CareBench.store(2), seconds: 3600)
            try await bench.record(1, on: [1, 2])
            let findings = try await bench.engine.doctor().findings
            let order = DoctorReply.Severity.allCases
            let severities = findings.compactMap { order.firstIndex(of: $0.severity) }
            #expect(severities == severities.sorted(by: >))
            for finding in findings {
                #expect(finding.remedy.isEmpty == (finding.severity == .fine), "\(finding)")
            }
            let subjects = findings.filter { $0.severity != .fine }.map(\.subject)
            #expect(subjects.contains("store-0"))
            #expect(subjects.contains("store-1"))
            #expect(subjects.contains("store-2"))
            #expect(findings.contains { $0.message.contains("1 have no copy") })
            #expect(findings.contains { $0.message.contains("1 stores take contents") })
        }
    }

    @Test("compares clocks with the catalog's", arguments: [-90, 90])
    func clocks(seconds: Int64) async throws {
        try await Self.with { number, patient in
            if number == 1 {
                patient.health.clock = Timestamp(
                    milliseconds: Timestamp.now().milliseconds + seconds * 1000)
            }
        } _: { bench in
            let complaints = try await Self.complaints(bench)
            #expect(complaints.map(\.area) == ["clock"])
            #expect(complaints.map(\.subject) == ["store-1"])
            #expect(
                complaints.first?.message.contains(seconds > 0 ? "ahead of" : "behind") == true)
        }
    }

    @Test("notes volumes that share a device, on one host only")
    func devices() async throws {
        try await Self.with { _, patient in
            patient.health.device = "7"
        } _: { bench in
            #expect(try await Self.complaints(bench) == [])
            try await bench.database.query(
                "UPDATE store SET host = 'host-0' WHERE name = 'store-2'", writes: true)
            let complaints = try await Self.complaints(bench)
            #expect(complaints.map(\.area) == ["disk"])
            #expect(complaints.first?.message.contains("'store-0' and 'store-2'") == true)
        }
    }

    @Test("notes volumes that get full, members of different versions, and stores out of reach")
    func stores() async throws {
        try await Self.with { number, patient in
            patient.isSilent = number == 2
        } _: { bench in
            try await bench.catalog.report(
                try await bench.number(0), freeBytes: 5000, totalBytes: 1_000_000, problem: nil)
            try await bench.catalog.report(
                try await bench.number(1), freeBytes: 50_000, totalBytes: 1_000_000, problem: nil)
            try await bench.database.query(
                "UPDATE store SET version = '0.0.9' WHERE name = 'store-1'", writes: true)
            let complaints = try await Self.complaints(bench)
            #expect(
                complaints.map { "\($0.severity) \($0.area) \($0.subject)" } == [
                    "error store store-2", "error disk store-0", "warning version members",
                    "warning disk store-1",
                ])
            #expect(complaints[0].message.contains("connection refused"))
            #expect(complaints[2].message.contains("0.0.9 on store-1"))
        }
    }

    @Test("names what somebody has to decide: paused, failed, refused, drained, not in service")
    func decisions() async throws {
        try await Self.with { bench in
            try await bench.record(1, on: [0, 1])
            try await bench.catalog.setDraining(try CareBench.store(0), true, actor: "test")
            _ = try await bench.engine.setRoles(
                of: try CareBench.store(2), RolesOrder(remove: [.active]), actor: "test")
            _ = try await bench.catalog.addTasks([
                NewTask(
                    kind: .verify, hash: try CareBench.hash(1), generation: 1, size: 1000,
                    store: try await bench.number(0), priority: 5, actor: "test", reason: "")
            ])
            try await bench.database.query("UPDATE task SET state = 'failed'", writes: true)
            for state in ["paused", "refused"] {
                try await bench.database.query(
                    """
                    INSERT INTO plan (kind, state, actor, reason, summary, members)
                         VALUES ('clone', $1, 'test', '', '{}', '')
                    """, [.text(state)], writes: true)
            }
            _ = try await bench.catalog.requestPass(
                .verify, of: try await bench.number(1), orders: "{}")
            _ = try await bench.catalog.changePass(.verify, of: try await bench.number(1), .pause)
            let complaints = try await Self.complaints(bench)
            let found = Set(complaints.map { "\($0.area) \($0.subject)" })
            #expect(
                found.isSuperset(of: [
                    "store store-0", "store store-2", "task tasks", "plan plan 1", "plan plan 2",
                    "verify store-1",
                ]))
        }
    }

    @Test("notes inventories and verifies that failed, or are too long ago")
    func passes() async throws {
        try await Self.with { bench in
            for (store, state) in [(0, PassState.failed), (1, .done), (2, .done)] {
                let number = try await bench.number(store)
                _ = try await bench.catalog.requestPass(.inventory, of: number, orders: "{}")
                let pass = try #require(try await bench.catalog.claimPass(.inventory, of: number))
                try await bench.catalog.endPass(
                    pass, state: state, counters: "{}", problem: "no such disk")
            }
            try await bench.database.query(
                "UPDATE pass SET ended_at = now() - interval '5 days' WHERE store = $1",
                [.int16(try await bench.number(1).value)], writes: true)
            let complaints = try await Self.complaints(bench)
            #expect(
                complaints.map { "\($0.severity) \($0.area) \($0.subject)" }
                    == ["error inventory store-0", "warning inventory store-1"])
            #expect(complaints[1].message.contains("5 days ago"))
        }
    }

    @Test("tells of damaged contents, of a rebuild, and of what the process itself found")
    func rest() async throws {
        let own = DoctorReply.Finding(
            severity: .warning, area: "tls", subject: "/etc/tls.crt", message: "it ends soon",
            remedy: "renew it")
        try await CareBench.with(stores: 0, reach: EngineReach(localFindings: { [own] })) { bench in
            try await bench.joinStore(0)
            let hash = try await bench.record(1, on: [0], want: 1)
            _ = try await bench.catalog.removeBadReplica(
                of: hash, on: try await bench.number(0), actor: "test", reason: "")
            try await bench.catalog.setRebuilding(true)
            let complaints = try await Self.complaints(bench)
            #expect(complaints.contains(own))
            #expect(complaints.contains { $0.message.contains("1 are damaged") })
            #expect(complaints.contains { $0.area == "catalog" })
        }
    }

    @Test("says that the catalog is away, and what it can tell without it")
    func noCatalog() async throws {
        let own = DoctorReply.Finding(
            severity: .fine, area: "tls", subject: "/etc/tls.crt", message: "valid", remedy: "")
        try await CareBench.with(stores: 1, reach: EngineReach(localFindings: { [own] })) { bench in
            try await bench.database.close()
            let findings = try await bench.engine.doctor().findings
            #expect(findings.map(\.area) == ["catalog", "tls"])
            #expect(findings.map(\.severity) == [.error, .fine])
        }
    }
}
