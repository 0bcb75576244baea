import ClusterFixture
import SFSCatalog
import SFSCore
import SFSStore
import SFSWire
import Testing

/// Re-reading all of a volume (promises.md D8).
@Suite("A verify pass")
struct VerifyPassTests {
    private static let forced = PassOptions(force: true)

    @Test("finds every replica in which a byte was flipped, and no other")
    func flips() async throws {
        try await PassSite.with(2) { site in
            let hashes = try await site.putMany(120, on: [0, 1])
            let bad = Set(hashes.shuffled()[..<50])
            for hash in bad { try site.disk(0).flipByte(of: hash, at: 500) }
            let outcome = try await site.pass(.verify, Self.forced)
            #expect(outcome.state == .done)
            #expect(outcome.counters.quarantined == 50)
            #expect(outcome.counters.valid == 70)
            #expect(outcome.counters.files == 120)
            #expect(outcome.counters.failed == 0)
            #expect(try site.disk(0).quarantinedFiles().count == 50)
            for hash in hashes {
                #expect(try await site.recorded(hash) == (bad.contains(hash) ? [1] : [0, 1]))
            }
            let again = try await site.pass(.verify, Self.forced)
            #expect(again.counters.quarantined == 0)
            #expect(again.counters.valid == 70)
        }
    }

    @Test("keeps the last replica, bad as it is, and says that it failed")
    func last() async throws {
        try await PassSite.with { site in
            let hash = try await site.put(TestBytes(size: 9000), on: [0])
            try site.disk(0).flipByte(of: hash, at: 500)
            let outcome = try await site.pass(.verify, Self.forced)
            #expect(outcome.counters.failed == 1)
            #expect(outcome.counters.quarantined == 0)
            #expect(try site.disk(0).contentFiles() == [hash.hex])
            #expect(try await site.catalog.content(hash)?.isDamaged == true)
        }
    }

    @Test("passes over what was verified lately, unless it is forced or told since when")
    func window() async throws {
        try await PassSite.with { site in
            let hashes = try await site.putMany(10, on: [0])
            // The put has verified them.
            let first = try await site.pass(.verify)
            #expect(first.counters.skipped == 10)
            #expect(first.counters.bytes == 0)
            let forced = try await site.pass(.verify, Self.forced)
            #expect(forced.counters.valid == 10)
            #expect(forced.counters.bytes == (0..<10).reduce(0) { $0 + 1000 + Int64($1) })
            let since = try await site.pass(.verify, PassOptions(since: .now()))
            #expect(since.counters.valid == 10)
            // The note is only to save work: one that comes from the future is none.
            let later = Timestamp(milliseconds: Timestamp.now().milliseconds + 86_400_000)
            try site.disk(0).setVerified(later, of: hashes[0])
            #expect(try await site.pass(.verify).counters.valid == 1)
        }
    }

    @Test("keeps to its rate")
    func rate() async throws {
        try await PassSite.with { site in
            _ = try await site.putMany(20, on: [0], size: 100_000)
            let start = ContinuousClock.now
            let outcome = try await site.pass(
                .verify, PassOptions(force: true, bandwidth: 1_000_000))
            #expect(outcome.counters.valid == 20)
            #expect(ContinuousClock.now - start > .milliseconds(1600))
        }
    }

    @Test("reads files of later folders while a large one is read, and is not past that")
    func folders() async throws {
        try await PassSite.with { site in
            let large = try #require(
                try (0..<1000).lazy.map { TestBytes(size: 10_000_000, seed: $0) }
                    .first { try $0.hash().prefix < 0x0800 })
            let hash = try await site.put(large, on: [0])
            let later = try await site.putMany(30, on: [0]).filter { hash < $0 }.count
            try #require(later > 20)
            try await site.request(.verify, PassOptions(force: true, bandwidth: 2_000_000))
            let state = try await site.whileRunning {
                try await site.wait("some small files") {
                    let state = try await site.state(of: .verify)
                    return state.flatMap { $0.counters.valid > 30 - later + 2 ? $0 : nil }
                }
            }
            #expect(state.position <= Int(hash.prefix))
            #expect(state.counters.bytes < 10_000_000)
        }
    }

    @Test("goes on after a restart from where it was, with what it had counted")
    func restart() async throws {
        try await PassSite.with { site in
            _ = try await site.putMany(60, on: [0], size: 50_000)
            try await site.request(.verify, PassOptions(force: true, bandwidth: 600_000))
            let before = try await site.whileRunning {
                try await site.wait("a third of the pass") {
                    let state = try await site.state(of: .verify)
                    return state.flatMap { $0.position > 20_000 ? $0 : nil }
                }
            }
            #expect(before.state == .running)
            #expect(before.counters.files < 60)
            let after = try await site.whileRunning { try await site.end(of: .verify) }
            #expect(after.state == .done)
            // What was being read when it stopped may be counted twice, nothing is left out.
            #expect(after.counters.valid >= 60)
            #expect(after.counters.valid < 60 + 20)
        }
    }

    @Test("is paused, goes on, and is cancelled")
    func pause() async throws {
        try await PassSite.with { site in
            _ = try await site.putMany(40, on: [0], size: 50_000)
            let number = try await site.number(0)
            try await site.request(.verify, PassOptions(force: true, bandwidth: 400_000))
            try await site.whileRunning {
                _ = try await site.wait("a first step") {
                    try await site.state(of: .verify)?.counters.files ?? 0 > 2 ? true : nil
                }
                _ = try await site.catalog.changePass(.verify, of: number, .pause)
                let paused = try await site.settled(.verify)
                #expect(paused.state == .paused)
                #expect(paused.position < 65536)
                _ = try await site.catalog.changePass(.verify, of: number, .resume)
                let resumed = try await site.wait("more than before") {
                    let state = try await site.state(of: .verify)
                    return state.flatMap {
                        $0.counters.files > paused.counters.files + 3 ? $0 : nil
                    }
                }
                #expect(resumed.state == .running)
                _ = try await site.catalog.changePass(.verify, of: number, .cancel)
                let cancelled = try await site.settled(.verify)
                #expect(cancelled.state == .failed)
                #expect(cancelled.counters.files < 40)
            }
        }
    }

    @Test("is not through when its volume went away on the way")
    func gone() async throws {
        try await PassSite.with { site in
            _ = try await site.putMany(10, on: [0])
            try site.disk(0).moveAway()
            try await site.request(.verify, Self.forced)
            try await site.whileRunning {
                let outcome = try await site.wait("a failure") {
                    let state = try await site.state(of: .verify)
                    return state?.state == .failed ? state : nil
                }
                #expect(outcome.counters.valid == 0)
                #expect(outcome.problem?.contains("gone") == true)
            }
        }
    }

    @Test("begins by itself when the last one is long ago, at the rate for that")
    func background() async throws {
        try await PassSite.with(settings: { settings in
            settings.verifyInterval = .milliseconds(500)
            settings.verifyWindow = .zero
            settings.verifyRate = 100_000
        }) { site in
            _ = try await site.putMany(4, on: [0], size: 50_000)
            let start = ContinuousClock.now
            let first = try await site.whileRunning { try await site.end(of: .verify) }
            #expect(first.state == .done)
            #expect(first.counters.valid == 4)
            #expect(ContinuousClock.now - start > .milliseconds(1500))
            let number = try await site.number(0)
            let record = try await site.catalog.passes(kind: .verify).first { $0.store == number }
            #expect(record?.orders.contains("\"isBackground\":true") == true)
            let requested = record?.requested
            try await site.whileRunning {
                _ = try await site.wait("the next one") {
                    let passes = try await site.catalog.passes(kind: .verify)
                    return passes.first { $0.requested != requested }
                }
            }
        }
    }
}
