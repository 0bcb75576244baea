import SFSStore
import Testing

@Suite("Trust in a disk")
struct DiskTrustTests {
    private let start = ContinuousClock.now

    private func after(_ seconds: Int) -> ContinuousClock.Instant { start + .seconds(seconds) }

    @Test("is lost with the first failure, and comes back only with a trial")
    func trial() {
        var trust = DiskTrust(firstWait: .seconds(10))
        #expect(!trust.isTrialDue(at: after(100)))
        let isNews = trust.fail("cannot read", at: start)
        #expect(isNews)
        #expect(trust.suspicion == "cannot read")
        #expect(!trust.isTrialDue(at: after(9)))
        #expect(trust.isTrialDue(at: after(10)))
        let isTrusted = trust.pass(begunAt: after(10))
        #expect(isTrusted)
        #expect(trust.suspicion == nil)
        #expect(!trust.isTrialDue(at: after(1000)))
    }

    @Test("waits for the last failure of many")
    func last() {
        var trust = DiskTrust(firstWait: .seconds(10))
        _ = trust.fail("one", at: start)
        let isNews = trust.fail("two", at: after(8))
        #expect(!isNews)
        #expect(trust.suspicion == "one")
        #expect(!trust.isTrialDue(at: after(17)))
        #expect(trust.isTrialDue(at: after(18)))
    }

    @Test("does not come back with a trial during which the disk failed")
    func failureAmidTrial() {
        var trust = DiskTrust(firstWait: .seconds(10))
        _ = trust.fail("one", at: start)
        _ = trust.fail("two", at: after(11))
        let isTrusted = trust.pass(begunAt: after(10))
        #expect(!isTrusted)
        #expect(trust.suspicion == "one")
    }

    @Test("takes twice as long each time, a day at most, and is as new after a good day")
    func relapses() {
        var trust = DiskTrust(firstWait: .seconds(40_000))
        var now = 0
        for wait in [40_000, 80_000, 86_400, 86_400, 40_000] {
            _ = trust.fail("again", at: after(now))
            #expect(!trust.isTrialDue(at: after(now + wait - 1)))
            now += wait
            #expect(trust.isTrialDue(at: after(now)))
            let isTrusted = trust.pass(begunAt: after(now))
            #expect(isTrusted)
            // Before the last of them it is well for more than a day.
            now += wait == 86_400 && now > 290_000 ? 86_401 : 10
        }
    }

    @Test("stays lost when no trial is wanted")
    func never() {
        var trust = DiskTrust(firstWait: .zero)
        _ = trust.fail("one", at: start)
        #expect(!trust.isTrialDue(at: after(1_000_000)))
    }
}
