import PostgresFixture
import SFSCatalog
import SFSCore
import SFSEngine
import SFSPostgres
import SFSWire
import Synchronization
import Testing

@Suite("Watching others")
struct WatchTests {
    /// A network in which some members do not answer.
    private final class Network: Sendable {
        private struct State {
            var dead: Set<MemberName> = []
            var hanging: Set<MemberName> = []
            var pings: [MemberName: Int] = [:]
            var underWay = 0
            var mostUnderWay = 0
        }

        private let state = Mutex(State())

        var dead: Set<MemberName> {
            get { state.withLock(\.dead) }
            set { state.withLock { $0.dead = newValue } }
        }

        var hanging: Set<MemberName> {
            get { state.withLock(\.hanging) }
            set { state.withLock { $0.hanging = newValue } }
        }

        var pings: [MemberName: Int] { state.withLock(\.pings) }
        var mostUnderWay: Int { state.withLock(\.mostUnderWay) }

        func ping(_ member: WatchedMember) async throws {
            let (isDead, hangs) = state.withLock { state in
                state.pings[member.name, default: 0] += 1
                state.underWay += 1
                state.mostUnderWay = max(state.mostUnderWay, state.underWay)
                return (
                    state.dead.contains(member.name), state.hanging.contains(member.name)
                )
            }
            defer { state.withLock { $0.underWay -= 1 } }
            for _ in 0..<5 { await Task.yield() }
            if hangs { try await Task.sleep(for: .seconds(3600)) }
            if isDead { throw SFSError(.unavailable, "nobody is there") }
        }
    }

    private static func watch(
        _ member: MemberName, _ bench: CareBench, _ network: Network,
        _ change: (inout WatchSettings) -> Void = { _ in }
    ) -> Watch {
        var settings = WatchSettings()
        settings.failures = 2
        change(&settings)
        return Watch(
            member: member, catalog: bench.catalog, settings: settings,
            logger: PostgresFixture.logger
        ) { try await network.ping($0) }
    }

    private static func rounds(_ count: Int, _ watch: Watch) async {
        for _ in 0..<count { await watch.round() }
    }

    @Test("takes a member out of service when more than half found it down, and not before")
    func quorum() async throws {
        try await CareBench.with(stores: 4, prisms: 1) { bench in
            let network = Network()
            let target = try CareBench.store(0)
            network.dead = [target]
            let others = try [
                CareBench.store(1), CareBench.store(2), CareBench.store(3), CareBench.prism(0),
            ]
            let watches = others.map { Self.watch($0, bench, network) }
            for watch in watches { await watch.round() }
            #expect(try await bench.catalog.votes().isEmpty)
            for (index, watch) in watches.enumerated() {
                await watch.round()
                #expect(try await bench.catalog.votes().count == index + 1)
                #expect(try await bench.isOnline(target) == (index < 2))
            }
            let vote = try #require(try await bench.catalog.votes().first)
            #expect(vote.target == target)
            #expect(vote.reason.contains("nobody is there"))
            for other in others { #expect(try await bench.isOnline(other)) }
        }
    }

    @Test("puts it back in service when it answers again, once the votes left are too few")
    func back() async throws {
        try await CareBench.with(stores: 5) { bench in
            let network = Network()
            let target = try CareBench.store(0)
            network.dead = [target]
            let watches = try (1...4).map {
                Self.watch(try CareBench.store($0), bench, network)
            }
            for watch in watches { await Self.rounds(2, watch) }
            #expect(try await !bench.isOnline(target))
            network.dead = []
            await watches[0].round()
            #expect(try await !bench.isOnline(target), "three of four still say that it is down")
            await watches[1].round()
            #expect(try await bench.isOnline(target))
            #expect(try await bench.catalog.votes().count == 2)
        }
    }

    @Test("is not shaken by single failures: only those in a row count")
    func inARow() async throws {
        try await CareBench.with(stores: 3) { bench in
            let network = Network()
            let watch = Self.watch(try CareBench.store(1), bench, network)
            for _ in 0..<4 {
                network.dead = [try CareBench.store(0)]
                await watch.round()
                network.dead = []
                await watch.round()
            }
            #expect(try await bench.catalog.votes().isEmpty)
        }
    }

    @Test("says nothing while it reaches nobody: then the fault is its own")
    func cutOff() async throws {
        try await CareBench.with(stores: 4) { bench in
            let network = Network()
            network.dead = Set(try (0..<3).map { try CareBench.store($0) })
            let watch = Self.watch(try CareBench.store(3), bench, network)
            await Self.rounds(5, watch)
            #expect(try await bench.catalog.votes().isEmpty)
            // Nothing was counted meanwhile either.
            network.dead = [try CareBench.store(0)]
            await watch.round()
            #expect(try await bench.catalog.votes().isEmpty)
            await watch.round()
            #expect(try await bench.catalog.votes().map(\.target) == [CareBench.store(0)])
        }
    }

    @Test("does not take an answer from its own host for being in touch")
    func sameHost() async throws {
        try await CareBench.with(stores: 3) { bench in
            try await bench.joinStore(3, host: "host-0")
            let network = Network()
            network.dead = [try CareBench.store(1), try CareBench.store(2)]
            let watch = Self.watch(try CareBench.store(0), bench, network)
            await Self.rounds(3, watch)
            #expect(try await bench.catalog.votes().isEmpty)
            #expect(network.pings[try CareBench.store(3)] == 3)
        }
    }

    @Test("votes when there is only one to watch")
    func pair() async throws {
        try await CareBench.with(stores: 2) { bench in
            let network = Network()
            network.dead = [try CareBench.store(1)]
            let watch = Self.watch(try CareBench.store(0), bench, network)
            await Self.rounds(2, watch)
            #expect(try await !bench.isOnline(try CareBench.store(1)))
        }
    }

    @Test("counts a member that hangs as one that does not answer")
    func hanging() async throws {
        try await CareBench.with(stores: 3) { bench in
            let network = Network()
            network.hanging = [try CareBench.store(1)]
            let watch = Self.watch(try CareBench.store(0), bench, network) {
                $0.pingTimeout = .milliseconds(50)
            }
            await Self.rounds(2, watch)
            #expect(try await bench.catalog.votes().map(\.target) == [CareBench.store(1)])
        }
    }

    @Test("pings a few at a time, each once a round, and never itself")
    func concurrency() async throws {
        try await CareBench.with(stores: 12) { bench in
            let network = Network()
            let watch = Self.watch(try CareBench.store(0), bench, network)
            await watch.round()
            #expect(Set(network.pings.keys) == Set(try (1..<12).map { try CareBench.store($0) }))
            #expect(network.pings.values.allSatisfy { $0 == 1 })
            #expect((2...4).contains(network.mostUnderWay))
        }
    }

    @Test("leaves those alone that are not in service, and gives the silent no say")
    func outOfService() async throws {
        try await CareBench.with(stores: 5) { bench in
            let network = Network()
            _ = try await bench.engine.setRoles(
                of: try CareBench.store(1), RolesOrder(remove: [.active]), actor: "test")
            for silent in [2, 3] {
                try await bench.silence(try CareBench.store(silent), seconds: 60)
            }
            network.dead = [try CareBench.store(2)]
            // Of the three others that are in service only one is heard of, besides this one.
            let watches = try [0, 4].map {
                Self.watch(try CareBench.store($0), bench, network)
            }
            await Self.rounds(2, watches[0])
            #expect(network.pings[try CareBench.store(1)] == nil)
            #expect(try await bench.isOnline(try CareBench.store(2)))
            await Self.rounds(2, watches[1])
            #expect(try await !bench.isOnline(try CareBench.store(2)))
        }
    }

    @Test("does nothing while the catalog is away, and nothing breaks")
    func noCatalog() async throws {
        try await CareBench.with(stores: 3) { bench in
            let network = Network()
            let watch = Self.watch(try CareBench.store(0), bench, network)
            try await bench.database.close()
            await Self.rounds(2, watch)
            #expect(network.pings.isEmpty)
        }
    }

    @Test("goes on by itself after its start, and ends when it is cancelled")
    func running() async throws {
        try await CareBench.with(stores: 3) { bench in
            let network = Network()
            network.dead = [try CareBench.store(1)]
            let watch = Self.watch(try CareBench.store(0), bench, network) {
                $0.startDelay = .milliseconds(10)
                $0.pingInterval = .milliseconds(10)
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await watch.run() }
                let deadline = ContinuousClock.now + .seconds(30)
                while try await bench.catalog.votes().isEmpty, .now < deadline {
                    try await Task.sleep(for: .milliseconds(10))
                }
                group.cancelAll()
            }
            #expect(try await bench.catalog.votes().count == 1)
        }
    }
}
