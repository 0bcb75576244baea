import SFSCore
import Testing

@Suite("Who watches whom")
struct WatchersTests {
    private static func members(_ count: Int) throws -> [MemberName] {
        try (0..<count).map { try MemberName(parsing: "member-\($0)") }
    }

    @Test("is everybody in a small cluster, but nobody watches itself", arguments: [1, 2, 5, 17])
    func small(count: Int) throws {
        let members = try Self.members(count)
        for target in members {
            let watchers = Watchers.of(target, among: members)
            #expect(Set(watchers) == Set(members).subtracting([target]))
            #expect(watchers == watchers.sorted())
        }
    }

    @Test("is 16 others in a larger one, whatever order they come in", arguments: [18, 40, 200])
    func large(count: Int) throws {
        let members = try Self.members(count)
        for target in members {
            let watchers = Watchers.of(target, among: members)
            #expect(Set(watchers).count == 16)
            #expect(!watchers.contains(target))
            #expect(watchers == Watchers.of(target, among: members.shuffled()))
        }
    }

    @Test("is decided the same on every machine and for ever")
    func fixed() throws {
        let members = try Self.members(30)
        let watchers = Watchers.of(members[0], among: members).map { $0.text.dropFirst(7) }
        #expect(
            watchers == [
                "10", "11", "12", "15", "17", "18", "19", "2", "22", "23", "24", "25", "26", "29",
                "8", "9",
            ])
    }

    @Test("is spread over all: nobody has much more to do than others")
    func spread() throws {
        let members = try Self.members(200)
        var duties: [MemberName: Int] = [:]
        for target in members {
            for watcher in Watchers.of(target, among: members) { duties[watcher, default: 0] += 1 }
        }
        #expect(duties.count == 200)
        #expect(duties.values.allSatisfy { (3...40).contains($0) })
    }

    @Test("changes little when a member goes: only its own duties pass to others")
    func stability() throws {
        let members = try Self.members(60)
        for gone in members.prefix(20) {
            let rest = members.filter { $0 != gone }
            for target in rest {
                let before = Set(Watchers.of(target, among: members))
                let after = Set(Watchers.of(target, among: rest))
                #expect(before.subtracting([gone]).isSubset(of: after))
                #expect(before.contains(gone) || before == after)
            }
        }
    }

    @Test(
        "needs strictly more than half of them to find a member down",
        arguments: [
            (0, 0, false), (0, 1, false), (1, 1, true), (1, 2, false), (2, 2, true),
            (1, 3, false), (2, 3, true), (8, 16, false), (9, 16, true),
        ])
    func quorum(votes: Int, watchers: Int, isEnough: Bool) {
        #expect(Watchers.isQuorum(votes, of: watchers) == isEnough)
    }
}
