import SFSCatalog
import SFSCore

/// The stores of the catalog as they were at one moment, by number.
struct StoreRoll: Sendable {
    let records: [StoreRecord]
    private let conditions: [StoreNumber: StoreCondition]
    private let byNumber: [StoreNumber: StoreRecord]

    init(_ records: [StoreRecord], _ settings: EngineSettings) {
        self.records = records
        byNumber = Dictionary(records.map { ($0.facts.number, $0) }) { first, _ in first }
        conditions = byNumber.mapValues {
            $0.condition(offlineAfter: settings.offlineAfter, grace: settings.grace)
        }
    }

    /// How far `record` can be counted on.
    func condition(of record: StoreRecord) -> StoreCondition {
        conditions[record.facts.number] ?? .lost
    }

    /// The name of the store `number`; one that is none reads `store-<number>`.
    func name(of number: StoreNumber) throws(SFSError) -> MemberName {
        if let record = byNumber[number] { return record.facts.name }
        return try MemberName(parsing: "store-\(number)")
    }

    /// The store called `name`.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    func record(named name: MemberName) throws(SFSError) -> StoreRecord {
        guard let record = records.first(where: { $0.facts.name == name }) else {
            throw SFSError(.notFound, "there is no store '\(name)'")
        }
        return record
    }

    /// The stores in any of `conditions`.
    func stores(_ conditions: Set<StoreCondition>) -> [StoreRecord] {
        records.filter { conditions.contains(condition(of: $0)) }
    }
}

extension Engine {
    /// The stores as the catalog has them now.
    func storeRoll() async throws -> StoreRoll {
        StoreRoll(try await catalog.stores(), settings)
    }
}
