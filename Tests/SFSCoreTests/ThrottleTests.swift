import SFSCore
import Testing

@Suite("A throttle")
struct ThrottleTests {
    @Test("keeps its rate for all who share it together")
    func rate() async throws {
        let throttle = Throttle(bytesPerSecond: 4_000_000)
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<10 { try await throttle.take(50_000) }
                }
            }
            try await group.waitForAll()
        }
        // 2 MB, of which the last piece and what was saved up need not be waited for.
        let time = ContinuousClock.now - start
        #expect(time > .milliseconds(350))
        // Far more than it needs: other suites may have the processors.
        #expect(time < .seconds(60))
    }

    @Test("lets a piece pass that is larger than what passes in a second")
    func large() async throws {
        let throttle = Throttle(bytesPerSecond: 1000)
        let start = ContinuousClock.now
        try await throttle.take(1_000_000)
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    @Test("lets go of who is cancelled")
    func cancelled() async throws {
        let throttle = Throttle(bytesPerSecond: 1)
        try await throttle.take(3600)
        let error = await #expect(throws: SFSError.self) {
            try await withTimeLimit(.milliseconds(20), "the throttle") {
                try await throttle.take(1)
            }
        }
        #expect(error?.code == .timeout)
    }
}
