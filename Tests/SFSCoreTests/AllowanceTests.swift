import SFSCore
import Testing

@Suite("An allowance")
struct AllowanceTests {
    @Test("lets so many through in a second, and as many in a later one")
    func seconds() async throws {
        let allowance = Allowance(perSecond: 50)
        // A machine with much else to do may need more than the second for fifty.
        let passed = (0..<10_000_000).prefix { _ in allowance.take() }.count
        #expect(passed >= 50 && passed < 10_000_000)
        let end = ContinuousClock.now + .seconds(60)
        while !allowance.take(), .now < end { try await Task.sleep(for: .milliseconds(20)) }
        #expect(.now < end)
    }
}
