import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("Votes")
struct VoteTests {
    @Test("of more than half of the watchers take a member offline, fewer do not")
    func quorum() async throws {
        try await Samples.withStores { catalog, _ in
            let watchers = try names("w1", "w2", "w3", "w4")
            for (count, isDown) in [(1, false), (2, false), (3, true)] {
                try await vote(watchers[count - 1], catalog)
                #expect(try await settle(watchers, catalog) == isDown)
                #expect(try await isOnline(catalog) == !isDown)
            }
            #expect(
                try await catalog.store(named: target())?.facts.roles == [.active, .read, .write])
            #expect(try await catalog.stores()[1].facts.roles.contains(.online))
            // The same votes are a quorum of these, and none of those.
            #expect(try await catalog.settleVotes(target: target(), watchers: names("w1")))
            #expect(try await !catalog.settleVotes(target: target(), watchers: names("w1", "x1")))
            #expect(try await !catalog.settleVotes(target: target(), watchers: []))
        }
    }

    @Test("count once for each voter, for watchers only, and while they last")
    func counted() async throws {
        try await Samples.withStores { catalog, database in
            let watchers = try names("w1", "w2", "w3")
            try await vote(watchers[0], catalog)
            try await vote(watchers[0], catalog)
            try await vote(try MemberName(parsing: "stranger"), catalog)
            #expect(try await !settle(watchers, catalog))
            try await vote(watchers[1], catalog)
            try await database.query(
                "UPDATE vote SET expires_at = now() - interval '1 ms' WHERE voter = 'w1'")
            #expect(try await !settle(watchers, catalog))
            #expect(try await catalog.votes().map(\.voter.text) == ["stranger", "w2"])
            try await vote(watchers[0], catalog)
            #expect(try await settle(watchers, catalog))
            #expect(try await catalog.votes().count == 3)
            let vote = try #require(try await catalog.votes().last)
            #expect(vote.target.text == "s1" && vote.reason == "no answer")
            #expect(vote.expires.milliseconds - vote.cast.milliseconds == 60_000)
        }
    }

    @Test("are not overruled by a heartbeat, as long as one of them lasts")
    func heartbeat() async throws {
        try await Samples.withStores { catalog, database in
            let watchers = try names("w1", "w2", "w3")
            for watcher in watchers { try await vote(watcher, catalog) }
            #expect(try await settle(watchers, catalog))
            try await report(catalog)
            #expect(try await !isOnline(catalog))
            try await database.query("UPDATE vote SET expires_at = now() WHERE voter <> 'w1'")
            try await report(catalog)
            #expect(try await !isOnline(catalog))
            try await database.query("UPDATE vote SET expires_at = now()")
            try await report(catalog)
            #expect(try await isOnline(catalog))
            // Nobody agrees with this one: who is online stays so.
            try await vote(watchers[0], catalog)
            try await report(catalog)
            #expect(try await isOnline(catalog))
        }
    }

    @Test("are seen by a heartbeat that waits for them to be settled")
    func heartbeatWaits() async throws {
        try await Samples.withStores { catalog, database in
            try await waiting(
                for: [
                    (
                        """
                        INSERT INTO vote (target, voter, reason, expires_at)
                             VALUES ('s1', 'w1', '', now() + interval '1 minute')
                        """, []
                    ),
                    ("UPDATE store SET roles = '{active}' WHERE name = 's1'", []),
                ], in: database
            ) { try await report(catalog) }
            #expect(try await !isOnline(catalog))
        }
    }

    @Test("are void once a member joins again, or takes its leave")
    func join() async throws {
        try await Samples.withStores { catalog, _ in
            let watchers = try names("w1", "w2", "w3")
            for watcher in watchers { try await vote(watcher, catalog) }
            #expect(try await settle(watchers, catalog))
            _ = try await catalog.join(try Samples.store("s1"))
            #expect(try await isOnline(catalog))
            #expect(try await catalog.votes().isEmpty)
            try await vote(watchers[0], catalog)
            try await catalog.leave(store: StoreNumber(1))
            #expect(try await catalog.votes().isEmpty)
            #expect(try await !isOnline(catalog))
        }
    }

    @Test("are taken back by a good ping, which has the member back when too few are left")
    func restore() async throws {
        try await Samples.withStores { catalog, _ in
            let watchers = try names("w1", "w2", "w3", "w4", "w5")
            for watcher in watchers.prefix(4) { try await vote(watcher, catalog) }
            #expect(try await settle(watchers, catalog))
            try await catalog.restoreMember(target(), voter: watchers[0], watchers: watchers)
            #expect(try await !isOnline(catalog))
            #expect(try await catalog.votes().map(\.voter.text) == ["w2", "w3", "w4"])
            // One that never voted sees no more of them than are left.
            try await catalog.restoreMember(target(), voter: watchers[4], watchers: watchers)
            #expect(try await !isOnline(catalog))
            try await catalog.restoreMember(target(), voter: watchers[1], watchers: watchers)
            #expect(try await isOnline(catalog))
            try await catalog.withdrawVote(target: target(), voter: watchers[2])
            #expect(try await catalog.votes().map(\.voter.text) == ["w4"])
        }
    }

    @Test("that were never cast: a good ping does not bring back who took its leave")
    func left() async throws {
        try await Samples.withStores { catalog, _ in
            let watchers = try names("w1", "w2")
            try await catalog.leave(store: StoreNumber(1))
            try await catalog.restoreMember(target(), voter: watchers[0], watchers: watchers)
            #expect(try await !isOnline(catalog))
        }
    }

    @Test("are about prisms, too")
    func prisms() async throws {
        try await PostgresFixture.withCatalog { catalog, _ in
            let name = try MemberName(parsing: "p1")
            let registration = PrismRegistration(
                name: name, zone: try MemberName(parsing: "a"),
                host: try MemberName(parsing: "h1"), url: nil, version: "3.1")
            let prism = try await catalog.join(prism: registration)
            #expect(prism.version == "3.1")
            let watchers = try names("w1")
            try await catalog.castVote(
                target: name, voter: watchers[0], reason: "", life: .seconds(60))
            #expect(try await catalog.settleVotes(target: name, watchers: watchers))
            try await catalog.report(prism: prism.number)
            #expect(try await catalog.prisms()[0].roles == [.active, .read, .write])
            try await catalog.restoreMember(name, voter: watchers[0], watchers: watchers)
            #expect(try await catalog.prisms()[0].roles.contains(.online))
            try await catalog.castVote(
                target: name, voter: watchers[0], reason: "", life: .seconds(60))
            #expect(try await catalog.settleVotes(target: name, watchers: watchers))
            #expect(try await catalog.join(prism: registration).roles.contains(.online))
            #expect(try await catalog.votes().isEmpty)
        }
    }

    @Test("of all watchers at once are settled by whoever comes last")
    func race() async throws {
        try await Samples.withStores { catalog, _ in
            let watchers = try (0..<16).map { try MemberName(parsing: "w\($0)") }
            let verdicts = try await atOnce(16) { index in
                try await vote(watchers[index], catalog)
                return try await settle(watchers, catalog)
            }
            #expect(verdicts.contains(true))
            #expect(try await !isOnline(catalog))
            _ = try await atOnce(16) { index in
                try await catalog.restoreMember(
                    target(), voter: watchers[index], watchers: watchers)
            }
            #expect(try await isOnline(catalog))
        }
    }

    @Test("are forgotten once they have expired")
    func prune() async throws {
        try await Samples.withStores { catalog, database in
            for watcher in try names("w1", "w2", "w3") { try await vote(watcher, catalog) }
            try await database.query("UPDATE vote SET expires_at = now() WHERE voter <> 'w1'")
            #expect(try await catalog.pruneVotes(dryRun: true) == 2)
            #expect(try await catalog.pruneVotes() == 2)
            #expect(try await catalog.pruneVotes() == 0)
            #expect(try await catalog.votes().count == 1)
        }
    }

    private func target() throws -> MemberName { try MemberName(parsing: "s1") }

    private func names(_ texts: String...) throws -> [MemberName] {
        try texts.map { try MemberName(parsing: $0) }
    }

    private func vote(_ voter: MemberName, _ catalog: Catalog) async throws {
        try await catalog.castVote(
            target: target(), voter: voter, reason: "no answer", life: .seconds(60))
    }

    private func settle(_ watchers: [MemberName], _ catalog: Catalog) async throws -> Bool {
        try await catalog.settleVotes(target: target(), watchers: watchers)
    }

    private func report(_ catalog: Catalog) async throws {
        try await catalog.report(StoreNumber(1), freeBytes: 1, totalBytes: 2, problem: nil)
    }

    private func isOnline(_ catalog: Catalog) async throws -> Bool {
        try await catalog.stores()[0].facts.roles.contains(.online)
    }
}
