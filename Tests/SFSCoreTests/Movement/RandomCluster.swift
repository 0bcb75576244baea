import SFSCore

/// Clusters of any kind: 1 to 12 stores in 1 to 4 zones, some of them ill, contents with rules.
struct RandomCluster {
    var generator: SeededGenerator
    /// Everything is in service, nothing has rules, contents are small and spread well.
    var isFriendly = false

    init(seed: UInt64, isFriendly: Bool = false) {
        generator = SeededGenerator(seed: seed)
        self.isFriendly = isFriendly
    }

    mutating func model(contents count: ClosedRange<Int> = 3...24) throws -> MovementModel {
        let stores = try stores()
        let numbers = stores.map(\.facts.number)
        var contents: [ContentHash: PlanningContent] = [:]
        var used: [StoreNumber: Int64] = [:]
        for _ in 0..<Int.random(in: count, using: &generator) {
            let content = try content(on: stores, numbers)
            contents[content.hash] = content
        }
        for content in contents.values {
            for number in content.stores { used[number, default: 0] += content.size }
        }
        let largest = contents.values.map(\.size).max() ?? 0
        var known: [StoreNumber: PlanningStore] = [:]
        for var store in stores {
            store.usedBytes = used[store.facts.number, default: 0]
            let percent = Int64.random(in: isFriendly ? 10...50 : 3...97, using: &generator)
            let capacity = max(store.usedBytes * 100 / percent, isFriendly ? 40 * largest : 50)
            store.facts.freeBytes = capacity - store.usedBytes
            store.facts.totalBytes = 2 * capacity
            known[store.facts.number] = store
        }
        return MovementModel(
            stores: known, contents: contents,
            minCopies: isFriendly || generator.chance(80) ? 2 : 1,
            highWater: isFriendly ? 90 : Int.random(in: 60...100, using: &generator))
    }

    private mutating func stores() throws -> [PlanningStore] {
        let zones = Int.random(in: 1...4, using: &generator)
        let hosts = Int.random(in: 1...3, using: &generator)
        let count = Int.random(in: isFriendly ? 3...12 : 1...12, using: &generator)
        return try (1...count).map { number in
            var roles: Set<Role> = [.active, .online, .read, .write]
            var condition = StoreCondition.well
            if !isFriendly, generator.chance(20) {
                condition = [.away, .lost, .retired].randomElement(using: &generator) ?? .away
                roles.remove(.online)
            }
            if !isFriendly, generator.chance(5) { roles.remove(.write) }
            let facts = StoreFacts(
                number: StoreNumber(Int16(number)), name: try MemberName(parsing: "s\(number)"),
                zone: try MemberName(parsing: "z\(Int.random(in: 1...zones, using: &generator))"),
                host: try MemberName(parsing: "h\(Int.random(in: 1...hosts, using: &generator))"),
                roles: roles, freeBytes: 0, totalBytes: 0)
            return PlanningStore(
                facts: facts, condition: condition,
                isDraining: !isFriendly && generator.chance(8))
        }
    }

    private mutating func content(
        on stores: [PlanningStore], _ numbers: [StoreNumber]
    ) throws -> PlanningContent {
        let bytes = (0..<20).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let large = !isFriendly && generator.chance(10)
        let size = Int64.random(
            in: large ? 50...200 : isFriendly ? 5...10 : 0...20, using: &generator)
        let copies = min(numbers.count, isFriendly ? 2 : Int.random(in: 0...4, using: &generator))
        return PlanningContent(
            hash: try ContentHash(bytes: bytes), size: size, generation: 1,
            want: isFriendly ? copies : Int.random(in: 1...3, using: &generator),
            stores: Array(numbers.shuffled(using: &generator).prefix(copies)).sorted(),
            rules: isFriendly || generator.chance(75) ? ContentRules() : rules(numbers),
            busy: isFriendly || generator.chance(95) ? [] : some(numbers))
    }

    private mutating func rules(_ numbers: [StoreNumber]) -> ContentRules {
        var rules = ContentRules()
        if generator.chance(30) { rules.copyMinimum = Int.random(in: 1...3, using: &generator) }
        if generator.chance(30) {
            rules.copyMaximum = Int.random(in: (rules.copyMinimum ?? 1)...4, using: &generator)
        }
        if generator.chance(30) { rules.forcedStores = some(numbers) }
        if generator.chance(40) { rules.bannedStores = some(numbers) }
        if generator.chance(40) { rules.protectedStores = some(numbers) }
        rules.isForced = generator.chance(5)
        rules.isProtected = generator.chance(10)
        return rules
    }

    /// One or two of `numbers`.
    mutating func some(_ numbers: [StoreNumber]) -> Set<StoreNumber> {
        Set(numbers.shuffled(using: &generator).prefix(Int.random(in: 1...2, using: &generator)))
    }
}
