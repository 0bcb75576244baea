import SFSCatalog
import SFSCore
import Testing

@testable import SFSEngine

@Suite("The watch for lost stores")
struct LossWatchTests {
    private let settings = EngineSettings()
    private let start = ContinuousClock.now

    private func roll(
        silent seconds: Double = 1, problem: String? = nil,
        roles: Set<Role> = [.active, .online, .read, .write]
    ) throws -> StoreRoll {
        let facts = StoreFacts(
            number: StoreNumber(1), name: try MemberName(parsing: "s1"),
            zone: try MemberName(parsing: "a"), host: try MemberName(parsing: "h"), roles: roles,
            freeBytes: 1, totalBytes: 2)
        let record = StoreRecord(
            facts: facts, url: nil, volume: "v", epoch: 1, secondsSinceSeen: seconds,
            problem: problem)
        return StoreRoll([record], settings)
    }

    /// Looks every five seconds for `seconds`; whether the store counted as lost in the end.
    private func isLost(
        _ watch: inout LossWatch, _ roll: StoreRoll, from begin: Int = 0, for seconds: Int
    ) -> Bool {
        var lost: Set<StoreNumber> = []
        for second in stride(from: begin, through: begin + seconds, by: 5) {
            lost = watch.lost(in: roll, now: start + .seconds(second))
        }
        return !lost.isEmpty
    }

    @Test("counts a store as lost after the grace, and not before")
    func grace() throws {
        var watch = LossWatch(settings: settings)
        #expect(try !isLost(&watch, roll(silent: 1), for: 60))
        #expect(try !isLost(&watch, roll(silent: 899), from: 65, for: 60))
        #expect(try isLost(&watch, roll(silent: 901), from: 130, for: 0))
        #expect(try !isLost(&watch, roll(silent: 1), from: 135, for: 0))
    }

    @Test("counts it at once when the store itself says that its volume is gone")
    func problem() throws {
        var watch = LossWatch(settings: settings)
        #expect(try isLost(&watch, roll(problem: "the volume is not there"), for: 0))
    }

    @Test("gives all stores time to be heard after a start and after the catalog was away")
    func settling() throws {
        var watch = LossWatch(settings: settings)
        #expect(try !isLost(&watch, roll(silent: 5000), for: 25))
        #expect(try isLost(&watch, roll(silent: 5000), from: 30, for: 0))
        // Nothing was seen for a while: it begins anew.
        #expect(try !isLost(&watch, roll(silent: 5000), from: 120, for: 25))
        #expect(try isLost(&watch, roll(silent: 5000), from: 150, for: 0))
    }

    @Test("counts a store as lost that speaks, and that the others cannot reach, after the grace")
    func unreachable() throws {
        var watch = LossWatch(settings: settings)
        let down: Set<Role> = [.active, .read, .write]
        #expect(try !isLost(&watch, roll(roles: down), for: 900))
        #expect(try isLost(&watch, roll(roles: down), from: 905, for: 0))
        var other = LossWatch(settings: settings)
        #expect(try !isLost(&other, roll(roles: [.read, .write]), for: 2000))
    }
}
