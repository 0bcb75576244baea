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
        var prismURLs: [String] = []
    }

    /// The stores of this process.
    package let locals: [Local]

    private let catalog: Catalog
    private let offlineAfter: Duration
    private let suspicion: Duration
    private let connect: @Sendable (String) throws -> any StoreTransport
    private let state = Mutex(State())

    /// `connect` makes a transport for a store of another process from its URL.
    package init(
        catalog: Catalog, locals: [Local], offlineAfter: Duration, suspicion: Duration,
        connect: @escaping @Sendable (String) throws -> any StoreTransport
    ) {
        self.catalog = catalog
        self.locals = locals
        self.offlineAfter = offlineAfter
        self.suspicion = suspicion
        self.connect = connect
    }

    /// Reads the members from the catalog.
    package func refresh() async throws {
        let records = try await catalog.stores()
        let prisms = try await catalog.prisms()
        state.withLock { state in
            state.prismURLs = prisms.compactMap(\.url)
            var entries: [StoreNumber: Entry] = [:]
            for record in records {
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

    /// The catalog's records, as last read.
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
    package var prismURLs: [String] { state.withLock(\.prismURLs) }

    /// The store `number`, if there is one.
    package func member(_ number: StoreNumber) -> Member? {
        state.withLock { state in
            state.entries[number].map { Member(facts: facts($0), transport: $0.transport) }
        }
    }

    /// Names of `numbers`; one that the fleet does not know is left out.
    package func names(_ numbers: [StoreNumber]) -> [MemberName] {
        numbers.compactMap { member($0)?.facts.name }
    }

    /// Leaves `number` out of choices for a while, since it just failed.
    package func suspect(_ number: StoreNumber) {
        state.withLock { $0.entries[number]?.suspectedUntil = .now + suspicion }
    }

    /// Gives every store its chance again.
    package func clearSuspicions() {
        state.withLock { state in
            for number in state.entries.keys { state.entries[number]?.suspectedUntil = nil }
        }
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
