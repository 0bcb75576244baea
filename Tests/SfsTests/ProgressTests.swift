import Testing

@testable import sfs

@Suite("Progress")
struct ProgressTests {
    private let start = ContinuousClock.now

    @Test("tells bytes, files, rate and time left")
    func line() {
        var state = ProgressState(start: start)
        state.totalBytes = 100 << 20
        state.movedBytes = 40 << 20
        state.files = 2
        #expect(
            state.line(at: start + .seconds(4))
                == "2 files, 40.0 MiB of 100 MiB, 10.0 MiB/s, 0:06 left")
    }

    @Test("follows the rate of the last seconds")
    func rate() {
        var state = ProgressState(start: start)
        state.movedBytes = 100 << 20
        #expect(state.line(at: start + .seconds(1)) == "100 MiB, 100 MiB/s")
        for second in 2...60 { _ = state.line(at: start + .seconds(second)) }
        #expect(state.line(at: start + .seconds(61)).hasSuffix(" B/s"))
    }

    @Test("tells no time left when nobody knows the end")
    func unknownEnd() {
        var state = ProgressState(start: start)
        state.movedBytes = 3 << 30
        #expect(state.line(at: start + .seconds(1)) == "3.0 GiB, 3.0 GiB/s")
    }
}

@Suite("Work in order")
struct InOrderTests {
    @Test("gives results in the order of the items, few at once", arguments: [1, 3, 64])
    func order(width: Int) async throws {
        let running = Running()
        var results: [Int] = []
        try await forEachInOrder(Array(0..<50), width: width) { item in
            await running.enter()
            // The later items of a group are ready first.
            for _ in 0..<(50 - item) { await Task.yield() }
            await running.leave()
            return item * 2
        } use: {
            results.append($0)
        }
        #expect(results == (0..<50).map { $0 * 2 })
        #expect(await running.most <= width)
    }

    @Test("stops at the first error")
    func failure() async {
        struct Stop: Error {}
        await #expect(throws: Stop.self) {
            try await forEachInOrder([1, 2, 3], width: 2) {
                $0
            } use: { _ in
                throw Stop()
            }
        }
        await #expect(throws: Stop.self) {
            try await forEachInOrder([1], width: 2) { _ in
                throw Stop()
            } use: { (_: Int) in
            }
        }
    }

    private actor Running {
        private var now = 0
        private(set) var most = 0

        func enter() {
            now += 1
            most = max(most, now)
        }

        func leave() { now -= 1 }
    }
}
