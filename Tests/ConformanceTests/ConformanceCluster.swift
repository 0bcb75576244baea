import Foundation
import ProcessFixture
import Testing

/// The cluster that the tests of a suite share.
struct ConformanceCluster: Sendable {
    /// For the tests of a suite with the trait `.cluster`.
    @TaskLocal fileprivate static var current: ConformanceCluster?

    static let password = "a-password-for-tests"

    let plan: ConformancePlan
    let postgres: PostgresServer
    let daemons: [Daemon]
    /// Tokens of permanent sessions, by account: `tester`, `other` (all roles), `reader` (read).
    private let tokens: [String: String]

    /// The cluster that the suite's trait has started.
    static func running() throws -> ConformanceCluster {
        try #require(current, "the suite needs the trait '.cluster'")
    }

    /// The prisms, asked by the session of `account`.
    func prisms(by account: String = "tester") throws -> [Member] {
        let token = try token(of: account)
        return plan.processes.map { $0.prism.by(.session(token)) }
    }

    /// The first prism, asked by the session of `account`.
    func prism(by account: String = "tester") throws -> Member {
        try prisms(by: account)[0]
    }

    /// The other prism, in the other process.
    func otherPrism() throws -> Member { try prisms()[1] }

    func token(of account: String) throws -> String { try #require(tokens[account]) }

    /// All stores, asked with the credentials that they know.
    var stores: [Member] { plan.processes.flatMap(\.stores) }

    /// All members.
    var members: [Member] { plan.processes.map(\.prism) + stores }

    /// Sends `number` to all processes.
    func signal(_ number: Int32) {
        for daemon in daemons { daemon.signal(number) }
    }

    /// Starts a cluster, runs `body`, and stops it; each process must leave with status 0.
    fileprivate static func with(
        _ body: @Sendable (ConformanceCluster) async throws -> Void
    ) async throws {
        let programs = try Programs.find()
        try await withTemporaryFolder { folder in
            try await withPostgres { postgres in
                _ = try await postgres.query("CREATE DATABASE stretchfs")
                let plan = try ConformancePlan(
                    folder: folder, catalogURL: postgres.url(of: "stretchfs"))
                try await plan.write()
                let daemons = try await start(plan, programs)
                do {
                    try await body(try await ready(plan, postgres, daemons, programs))
                } catch {
                    for daemon in daemons { daemon.signal(9) }
                    throw error
                }
                for daemon in daemons {
                    let end = try await daemon.stop()
                    #expect(end == .exited(0), "\(daemon.logTail)")
                }
            }
        }
    }

    private static func start(_ plan: ConformancePlan, _ programs: Programs) async throws
        -> [Daemon]
    {
        var daemons: [Daemon] = []
        for process in plan.processes {
            let daemon = try await Daemon.start(
                programs.sfsd, ["run", "--config", plan.configuration(of: process)],
                log: "\(plan.folder)/\(process.name).log")
            daemons.append(daemon)
            try await daemon.ready(on: [process.prism.socket])
            for store in process.stores {
                try await run(
                    programs.sfs, ["store", "init", store.volume],
                    environment: ["SFS_SOCKET": process.prism.socket]
                ).succeeded("store init")
            }
        }
        return daemons
    }

    private static func ready(
        _ plan: ConformancePlan, _ postgres: PostgresServer, _ daemons: [Daemon],
        _ programs: Programs
    ) async throws -> ConformanceCluster {
        for process in plan.processes {
            _ = try await eventually("a healthy cluster") {
                let status = try await run(
                    programs.sfs, ["status"], environment: ["SFS_SOCKET": process.prism.socket])
                return status.status == 0 ? true : nil
            }
        }
        var tokens: [String: String] = [:]
        for (name, roles) in [("tester", nil), ("other", nil), ("reader", ["read"])] {
            let account = Account(name: name, roles: roles)
            try await account.create(through: plan.processes[0].prism)
            tokens[name] = try await account.logIn(at: plan.processes[0].prism)
        }
        return ConformanceCluster(
            plan: plan, postgres: postgres, daemons: daemons, tokens: tokens)
    }
}

/// An account for tests.
struct Account: Sendable {
    let name: String
    /// `nil` = all.
    var roles: [String]?

    /// Has it made over the Unix socket of `prism`, where nobody needs a token.
    func create(through prism: Member) async throws {
        var order: [String: JSONTree] = [
            "name": .text(name), "password": .text(ConformanceCluster.password),
        ]
        if let roles { order["roles"] = .list(roles.map { .text($0) }) }
        let reply = try await WebConnection(to: .unix(prism.socket)).ask(
            "POST", "/v1/accounts", [("Content-Type", "application/json")],
            body: try JSONTree.object(order).bytes)
        try #require(reply.status == 201, "\(reply.summary)")
    }

    /// Opens a permanent session and gives its token.
    func logIn(at prism: Member) async throws -> String {
        let reply = try await prism.anonymous.post(
            "/user/login",
            ["name": .text(name), "secret": .text(ConformanceCluster.password)])
        return try #require(reply.json["session"]?["token"]?.string, "\(reply.summary)")
    }
}

/// Starts a cluster for a suite, and stops it when all tests of the suite have run.
struct ClusterTrait: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?,
        performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        try await ConformanceCluster.with { cluster in
            try await ConformanceCluster.$current.withValue(cluster) { try await function() }
        }
    }
}

extension Trait where Self == ClusterTrait {
    /// The tests share one cluster of two processes.
    static var cluster: Self { ClusterTrait() }
}

/// All tests that get along with each other on one cluster.
///
/// Its suites run side by side, the tests of most one after the other: some must come in time.
@Suite("The wire protocol", .cluster)
struct Conformance {}

/// Tests that stop the database or end everything that was sold, on a cluster of their own.
@Suite("The wire protocol, in hard times", .cluster, .serialized)
struct HardTimes {}
