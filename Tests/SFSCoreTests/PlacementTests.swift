import SFSCore
import Testing

@Suite("Placement")
struct PlacementTests {
    private func store(
        _ number: Int16, zone: String, host: String, free: Int64 = 100,
        roles: Set<Role> = [.active, .online, .read, .write]
    ) throws -> StoreFacts {
        StoreFacts(
            number: StoreNumber(number), name: try MemberName(parsing: "s\(number)"),
            zone: try MemberName(parsing: zone), host: try MemberName(parsing: host),
            roles: roles, freeBytes: free, totalBytes: 1000)
    }

    private func numbers(_ facts: [StoreFacts]) -> [Int16] { facts.map(\.number.value) }

    @Test("prefers a second zone to a roomier store in the first")
    func zones() throws {
        let stores = try [
            store(1, zone: "a", host: "h1", free: 900), store(2, zone: "a", host: "h2", free: 800),
            store(3, zone: "b", host: "h3", free: 10),
        ]
        #expect(numbers(try Placement.choose(2, size: 1, among: stores)) == [1, 3])
    }

    @Test("prefers a second host when there is one zone only")
    func hosts() throws {
        let stores = try [
            store(1, zone: "a", host: "h1", free: 900), store(2, zone: "a", host: "h1", free: 800),
            store(3, zone: "a", host: "h2", free: 10),
        ]
        #expect(numbers(try Placement.choose(2, size: 1, among: stores)) == [1, 3])
    }

    @Test("takes the store with the most room, the lowest number on a tie")
    func room() throws {
        let stores = try [
            store(3, zone: "a", host: "h", free: 5), store(2, zone: "a", host: "h", free: 7),
            store(1, zone: "a", host: "h", free: 7),
        ]
        #expect(numbers(try Placement.choose(1, size: 1, among: stores)) == [1])
    }

    @Test("spreads away from the zones that hold a replica already")
    func holding() throws {
        let stores = try [
            store(1, zone: "a", host: "h1"), store(2, zone: "a", host: "h2", free: 900),
            store(3, zone: "b", host: "h3", free: 1),
        ]
        let chosen = try Placement.choose(
            1, size: 1, among: stores, holding: [StoreNumber(1)])
        #expect(numbers(chosen) == [3])
    }

    @Test(
        "leaves out stores that are not active, online and writable",
        arguments: [[.online, .write], [.active, .write], [.active, .online, .read]]
            as [Set<Role>])
    func roles(roles: Set<Role>) throws {
        let stores = try [
            store(1, zone: "a", host: "h1", free: 900, roles: roles),
            store(2, zone: "b", host: "h2"),
        ]
        #expect(numbers(try Placement.choose(1, size: 1, among: stores)) == [2])
        #expect(throws: SFSError.self) { try Placement.choose(2, size: 1, among: stores) }
    }

    @Test("says whether room or stores are missing")
    func shortage() throws {
        let stores = try [
            store(1, zone: "a", host: "h1"), store(2, zone: "b", host: "h2", free: 1),
        ]
        let full = try #require(throws: SFSError.self) {
            try Placement.choose(2, size: 50, among: stores)
        }
        #expect(full.code == .noSpace)
        let few = try #require(throws: SFSError.self) {
            try Placement.choose(3, size: 1, among: stores)
        }
        #expect(few.code == .unavailable)
        let excluded = try #require(throws: SFSError.self) {
            try Placement.choose(2, size: 1, among: stores, excluded: [StoreNumber(2)])
        }
        #expect(excluded.code == .unavailable)
    }

    @Test("never chooses a store twice, nor more than asked, whatever the cluster looks like")
    func properties() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let count = Int.random(in: 1...12, using: &generator)
            let stores = try (1...count).map { number in
                try store(
                    Int16(number), zone: "z\(Int.random(in: 1...3, using: &generator))",
                    host: "h\(Int.random(in: 1...4, using: &generator))",
                    free: Int64.random(in: 0...100, using: &generator))
            }
            let want = Int.random(in: 0...4, using: &generator)
            guard let chosen = try? Placement.choose(want, size: 20, among: stores) else {
                #expect(stores.count { $0.freeBytes >= 20 } < want)
                continue
            }
            #expect(chosen.count == want)
            #expect(Set(chosen.map(\.number)).count == want)
            #expect(chosen.allSatisfy { $0.freeBytes >= 20 })
            let zones = Set(stores.filter { $0.freeBytes >= 20 }.map(\.zone))
            #expect(Set(chosen.map(\.zone)).count == min(want, zones.count))
        }
    }
}

@Suite("The order of reading")
struct ReadOrderTests {
    @Test("takes the reader's zone first, then the least busy store, and no store that is down")
    func order() throws {
        let zones = ["a", "b", "b", "a"]
        var stores = try zones.enumerated().map { index, zone in
            StoreFacts(
                number: StoreNumber(Int16(index + 1)), name: try MemberName(parsing: "s\(index)"),
                zone: try MemberName(parsing: zone), host: try MemberName(parsing: "h"),
                roles: [.active, .online, .read], freeBytes: 0, totalBytes: 0)
        }
        stores[3].roles.remove(.online)
        let order = ReadOrder.order(
            stores, zone: try MemberName(parsing: "b"), load: [StoreNumber(2): 3])
        #expect(order.map(\.number.value) == [3, 2, 1])
    }
}
