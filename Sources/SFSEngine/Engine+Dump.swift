import SFSCatalog
import SFSCore
package import SFSWire

extension Engine {
    /// A part of a dump of the catalog: the cluster and its stores first, then up to `limit`
    /// contents, tombstones or rules, by hash.
    ///
    /// `after` is the `next` of the page before, `nil` for the first. Each line is as it was when
    /// its page was read.
    ///
    /// - Throws: `SFSError` with code `.usage` when `after` is no such text.
    package func dump(after: String?, limit: Int) async throws -> DumpPage {
        guard let after else { return try await head() }
        let (part, hash) = try Self.cursor(after)
        let lines = try await catalog.lines(of: part, after: hash, limit: limit)
        let roll = try await storeRoll()
        let isLast = lines.count < limit
        let next = isLast ? part.next.map { Self.text($0, nil) } : Self.text(part, lines.last?.hash)
        return DumpPage(lines: try lines.map { try line($0, roll) }, next: next)
    }

    private func head() async throws -> DumpPage {
        let moment = try await catalog.condition().now
        let cluster = DumpLine.Cluster(name: cluster.name, id: cluster.id, dumpedAt: moment)
        let stores = try await catalog.stores().map { store in
            DumpLine(
                store: DumpLine.Store(
                    name: store.facts.name, zone: store.facts.zone, host: store.facts.host,
                    volume: store.volume))
        }
        return DumpPage(
            lines: [DumpLine(cluster: cluster)] + stores, next: Self.text(.contents, nil))
    }

    private func line(_ line: CatalogLine, _ roll: StoreRoll) throws(SFSError) -> DumpLine {
        switch line {
        case .content(let record):
            DumpLine(
                content: DumpLine.Content(
                    hash: record.hash, size: record.size,
                    generation: record.attributes.generation, desiredCopies: record.want,
                    map: try record.stores.map { number throws(SFSError) in
                        try roll.name(of: number)
                    },
                    mimeType: record.attributes.mediaType,
                    mimeExtension: record.attributes.fileExtension,
                    createdAt: record.attributes.created))
        case .tombstone(let hash, let generation, let deleted):
            DumpLine(
                tombstone: DumpLine.Tombstone(
                    hash: hash, generation: generation, deletedAt: deleted))
        case .rules(let hash, let rules):
            DumpLine(rules: RulesReply(hash: hash, rules: try message(rules, roll)))
        }
    }

    /// For example `contents:3f…`; without a hash from the part's beginning on.
    private static func text(_ part: CatalogPart, _ hash: ContentHash?) -> String {
        "\(part.rawValue):\(hash?.hex ?? "")"
    }

    private static func cursor(_ text: String) throws(SFSError) -> (CatalogPart, ContentHash?) {
        let fields = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard fields.count == 2, let part = CatalogPart(rawValue: String(fields[0])) else {
            throw SFSError(.usage, "'\(text.prefix(80))' is not where a page of a dump ended")
        }
        return (part, fields[1].isEmpty ? nil : try ContentHash(parsing: fields[1]))
    }
}
