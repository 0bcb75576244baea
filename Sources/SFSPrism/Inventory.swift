import SFSCatalog
package import SFSCore

/// A content with its traffic, as clients of the original see it (protocol.md 1.5).
package struct InventoryRecord: Sendable, Hashable {
    package var hash: ContentHash
    package var attributes: ContentAttributes
    /// Bytes.
    package var size: Int64
    /// How many replicas there should be.
    package var want: Int
    /// Names of the stores that have it.
    package var map: [MemberName]
    /// Hits and bytes, all together and by store.
    package var hits: Int64
    package var bytes: Int64
    package var hitsByStore: [MemberName: Int64]
    package var bytesByStore: [MemberName: Int64]
}

/// How patiently a question is asked.
package struct Patience: Sendable, Hashable {
    /// No further try begins after it.
    package var timeout: Duration
    /// How often what is not there is asked for, at least once.
    package var tries: Int

    /// `tries` are cut to 1 to 10, `timeout` to 1 ms to 60 s.
    package init(timeout: Duration = .seconds(20), tries: Int = 1) {
        self.timeout = min(max(timeout, .milliseconds(1)), .seconds(60))
        self.tries = min(max(tries, 1), 10)
    }
}

extension Prism {
    /// What is known of each of `hashes` that the cluster holds.
    ///
    /// While some are missing, and tries and time are left, it asks again after a while, which
    /// doubles. The first answer is waited for in any case: "no" is never said for want of time.
    ///
    /// - Throws: `SFSError` with code `.tooLarge` for too many hashes, `.unavailable` when the
    ///   catalog is away.
    package func inventory(
        _ hashes: [ContentHash], _ patience: Patience = Patience()
    ) async throws -> [ContentHash: InventoryRecord] {
        let deadline = ContinuousClock.now + patience.timeout
        var wait: Duration = .milliseconds(100)
        var missing = Array(Set(hashes))
        var found: [ContentRecord] = []
        for attempt in 1...patience.tries {
            found += try await catalog.contents(missing).filter { !$0.stores.isEmpty }
            let known = Set(found.map(\.hash))
            missing.removeAll { known.contains($0) }
            if missing.isEmpty || attempt == patience.tries || .now + wait >= deadline { break }
            try await Task.sleep(for: wait)
            wait = min(wait * 2, .seconds(10))
        }
        let traffic = try await catalog.traffic(of: found.map(\.hash))
        return Dictionary(
            found.map { ($0.hash, record($0, traffic[$0.hash])) },
            uniquingKeysWith: { first, _ in first })
    }

    private func record(_ content: ContentRecord, _ traffic: ContentTotals?) -> InventoryRecord {
        var record = InventoryRecord(
            hash: content.hash, attributes: content.attributes, size: content.size,
            want: content.want, map: fleet.names(content.stores), hits: traffic?.total.hits ?? 0,
            bytes: traffic?.total.bytes ?? 0, hitsByStore: [:], bytesByStore: [:])
        for (number, totals) in traffic?.perStore ?? [:] {
            guard let name = fleet.member(number)?.facts.name else { continue }
            record.hitsByStore[name] = totals.hits
            record.bytesByStore[name] = totals.bytes
        }
        return record
    }
}
