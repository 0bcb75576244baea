package import SFSCatalog
package import SFSCore
package import SFSWire
import Synchronization

/// All stores of the cluster, as this process knows them, and how to talk to each.
///
/// What it knows comes from the catalog every few seconds and from failures seen in between. While
/// the catalog is away the last known list goes on being used.
package final class Fleet: Sendable {
    /// A store that can be talked to.
    package struct Member: Sendable {
        package let facts: StoreFacts
        package let transport: any StoreTransport
    }

    /// A store of this process, which is called directly instead of over HTTP.
    package struct Local: Sendable {
        package let name: MemberName
        package let zone: MemberName
        package let host: MemberName
        package let transport: any StoreTransport

        package init(
            name: MemberName, zone: MemberName, host: MemberName, transport: any StoreTransport
        ) {
            self.name = name
            self.zone = zone
            self.host = host
            self.transport = transport
        }
    }

    private struct Entry {
        var record: StoreRecord
        var transport: any StoreTransport
        /// Left out of choices until then.
        var suspectedUntil: ContinuousClock.Instant?
        var reads = 0
    }

    private struct State {
        var entries: [StoreNumber: Entry] = [:]
        var prisms: [PrismRecord] = []
        /// Every store that was ever seen and is not retired.
        var seen: Set<MemberName> = []
        var isRebuilding = false
    }

    /// The stores of this process.
    package let locals: [Local]

    private let catalog: Catalog
    private let offlineAfter: Duration
    private let grace: Duration
    private let suspicion: Duration
    private let connect: @Sendable (String) throws -> any StoreTransport
    private let state = Mutex(State())

    /// `connect` makes a transport for a store of another process from its URL.
    ///
    /// Stores that are silent for `offlineAfter` are left out of choices; after `grace` their
    /// replicas do not count any more. One that failed is left out for `suspicion`.
    package init(
        catalog: Catalog, locals: [Local], offlineAfter: Duration,
        grace: Duration = .seconds(900), suspicion: Duration,
        connect: @escaping @Sendable (String) throws -> any StoreTransport
    ) {
        self.catalog = catalog
        self.locals = locals
        self.offlineAfter = offlineAfter
        self.grace = grace
        self.suspicion = suspicion
        self.connect = connect
    }

    /// Reads the members from the catalog.
    package func refresh() async throws {
        let records = try await catalog.stores()
        let prisms = try await catalog.prisms()
        let isRebuilding = try await catalog.isRebuilding()
        state.withLock { state in
            state.prisms = prisms
            state.isRebuilding = isRebuilding
            state.seen.formUnion(records.map(\.facts.name))
            state.seen.subtract(records.filter(\.isRetired).map(\.facts.name))
            var entries: [StoreNumber: Entry] = [:]
            for record in records where !record.isRetired {
                guard let transport = transport(for: record, in: state) else { continue }
                var entry =
                    state.entries[record.facts.number]
                    ?? Entry(record: record, transport: transport)
                entry.record = record
                entry.transport = transport
                entries[record.facts.number] = entry
            }
            state.entries = entries
        }
    }

    /// Every store, with `online` taken from those that are not known to be well just now.
    package var members: [Member] {
        state.withLock { state in
            state.entries.values.map { Member(facts: facts($0), transport: $0.transport) }
                .sorted { $0.facts.number < $1.facts.number }
        }
    }

    /// The catalog's records of the stores that are not retired, as last read.
    package var records: [StoreRecord] {
        state.withLock { state in
            state.entries.values.map(\.record).sorted { $0.facts.number < $1.facts.number }
        }
    }

    /// The catalog's record of the store `number`, as last read.
    func record(_ number: StoreNumber) -> StoreRecord? {
        state.withLock { $0.entries[number]?.record }
    }

    /// Where the prisms of the cluster are reached by other members.
    package var prismURLs: [String] { state.withLock(\.prisms).compactMap(\.url) }

    /// The catalog's record of the prism called `name`, as last read; `nil` when it has none.
    func prism(named name: MemberName) -> PrismRecord? {
        state.withLock { $0.prisms.first { $0.name == name } }
    }

    /// Whether the catalog was lost and is being made anew, so that it knows too little.
    var isRebuilding: Bool { state.withLock(\.isRebuilding) }

    /// The stores that should be there: those of this process, and all that it ever saw and that
    /// were not retired.
    package var expectedStores: [MemberName] {
        state.withLock(\.seen).union(locals.map(\.name)).sorted()
    }

    /// The store `number`, if there is one.
    package func member(_ number: StoreNumber) -> Member? {
        state.withLock { state in
            state.entries[number].map { Member(facts: facts($0), transport: $0.transport) }
        }
    }

    /// Names of those of `numbers` whose replicas count; a store that is lost, or that the fleet
    /// does not know, is left out.
    package func names(_ numbers: [StoreNumber]) -> [MemberName] {
        numbers.compactMap { record($0) }.filter { condition(of: $0) != .lost }.map(\.facts.name)
    }

    /// How far a store can be counted on.
    func condition(of record: StoreRecord) -> StoreCondition {
        record.condition(offlineAfter: offlineAfter, grace: grace)
    }

    /// Leaves `number` out of choices for a while, since it just failed.
    package func suspect(_ number: StoreNumber) {
        state.withLock { $0.entries[number]?.suspectedUntil = .now + suspicion }
    }

    /// Notes that a read from `number` begins (`by` 1) or has ended (-1).
    package func countRead(_ number: StoreNumber, by change: Int) {
        state.withLock { $0.entries[number]?.reads += change }
    }

    /// Reads under way per store.
    package var load: [StoreNumber: Int] {
        state.withLock { $0.entries.mapValues(\.reads) }
    }

    private func facts(_ entry: Entry) -> StoreFacts {
        var facts = entry.record.facts
        let isSuspected = entry.suspectedUntil.map { $0 > .now } ?? false
        let isSilent = .seconds(entry.record.secondsSinceSeen) > offlineAfter
        if isSuspected || isSilent || entry.record.problem != nil { facts.roles.remove(.online) }
        // What is put there now would have to move away at once.
        if entry.record.isDraining { facts.roles.remove(.write) }
        return facts
    }

    private func transport(
        for record: StoreRecord, in state: State
    ) -> (any StoreTransport)? {
        if let local = locals.first(where: { $0.name == record.facts.name }) {
            return local.transport
        }
        guard let url = record.url else { return nil }
        if let known = state.entries[record.facts.number], known.record.url == url {
            return known.transport
        }
        // An address that is none costs one store, not the whole fleet; the status says that it has
        // no address.
        return try? connect(url)
    }
}
