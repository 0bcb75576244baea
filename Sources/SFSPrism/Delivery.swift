import NIOCore
import SFSCatalog
package import SFSCore
package import SFSWire

/// A content that is about to be given out.
package struct Delivery: Sendable {
    /// What it is.
    package let content: ContentReply
    /// The store that is asked first.
    package let store: StoreNumber
    private let prism: Prism
    private let sources: [Fleet.Member]

    init(content: ContentReply, prism: Prism, sources: [Fleet.Member], first: StoreNumber) {
        self.content = content
        self.prism = prism
        self.sources = sources
        store = first
    }

    /// The bytes at `offsets`, from whichever replica can give them; it goes on with the next one
    /// at the same offset when one fails in between, and throws when none is left.
    ///
    /// The first replica is opened before this returns.
    ///
    /// - Throws: `SFSError` with code `.unavailable` when no replica can be read, `.corrupt` when
    ///   all that can be are bad.
    package func bytes(_ offsets: Range<Int64>) async throws -> ByteStream {
        let stream = ReplicaStream(
            hash: content.hash, offsets: offsets, sources: sources, prism: prism)
        try await stream.open()
        return ByteStream(stream)
    }

    /// Notes that `bytes` of it went out through the prism.
    package func count(bytes: Int64, purchase: PurchaseToken?, viewer: ViewerKey?) {
        prism.services.ledger.count(
            hash: content.hash, store: store, purchase: purchase, viewer: viewer?.bytes,
            bytes: bytes)
    }
}

extension Prism {
    /// Finds a content and the replicas to read it from, best first.
    ///
    /// - Throws: `SFSError` with code `.notFound` when it is unknown, `.unavailable` when no store
    ///   that is up has it, `.corrupt` when its last replica is bad.
    package func deliver(_ hash: ContentHash) async throws -> Delivery {
        try deliver(try await readableContent(hash), to: nil)
    }

    /// The same of a content that was looked up, spreading the requests of one viewer.
    func deliver(_ record: ContentRecord, to viewer: ViewerKey?) throws(SFSError) -> Delivery {
        let sources = try sources(of: record, for: viewer)
        return Delivery(
            content: reply(record), prism: self, sources: sources, first: sources[0].facts.number)
    }

    /// The replicas of a content to read, best first; at least one.
    ///
    /// Those that are there for load only are as good as the others.
    ///
    /// - Throws: `SFSError` with code `.unavailable`; `.corrupt` when the last replica is bad.
    func sources(
        of record: ContentRecord, for viewer: ViewerKey?
    ) throws(SFSError) -> [Fleet.Member] {
        let counted = record.isDamaged ? [] : record.stores
        let holders = Set(counted + record.extras).sorted().compactMap { fleet.member($0) }
        let order = ReadOrder.order(
            holders.map(\.facts), zone: settings.zone,
            uses: viewer.flatMap { services.viewers[$0] } ?? [:], load: fleet.load)
        // Stores thought to be down come last: better to try them than to give up.
        let rest = holders.filter { holder in
            holder.facts.roles.isSuperset(of: [.active, .read])
                && !order.contains { $0.number == holder.facts.number }
        }
        let sources = order.compactMap { fleet.member($0.number) } + rest
        guard let first = sources.first else {
            if record.isDamaged {
                throw SFSError(.corrupt, "'\(record.hash)' is damaged: its last copy is bad")
            }
            throw SFSError(.unavailable, "no store that has '\(record.hash)' is in service")
        }
        if let viewer {
            services.viewers.update(viewer, default: [:]) {
                $0[first.facts.number, default: 0] += 1
            }
        }
        return sources
    }
}
