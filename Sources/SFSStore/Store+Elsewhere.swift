import Logging
import NIOCore
import SFSCatalog
package import SFSCore
package import SFSWire

extension Store {
    /// What a viewer may be given of `hash`: as the file here says, or the catalog where the file is
    /// missing or cut and other stores have to give the bytes; `nil` when it should not be here.
    ///
    /// A viewer comes here because a prism said so, now or an hour ago: that the replica was lost
    /// meanwhile is no reason to send it away.
    ///
    /// - Throws: `SFSError` with code `.corrupt` when all there is is bad, `.unavailable` when no
    ///   other store that has it is in service, `.busy` when too many ask for what is not here; what
    ///   asking the catalog throws, with code `.timeout` after two seconds.
    package func findForViewer(_ hash: ContentHash) async throws -> ReplicaFacts? {
        var damage: SFSError?
        do {
            if let facts = try await doubting(hash, { try await find(hash) }) { return facts }
            if lost[hash] != nil { damage = absence(of: hash) }
        } catch let error as SFSError where [.corrupt, .io].contains(error.code) {
            damage = error
        }
        let number = try service().number
        // Anybody may ask for anything, and the catalog has other things to do.
        guard damage != nil || questions.take() else {
            throw SFSError(.busy, "too many ask for what is not on store '\(settings.name)'")
        }
        let content = try await recorded(hash)
        var counted = Set((content?.stores ?? []) + (content?.extras ?? []))
        // Only then: it may never have been here.
        if counted.remove(number) != nil {
            doubt(hash)
            damage = damage ?? absence(of: hash)
        }
        guard let damage, let content else { return nil }
        guard !counted.isEmpty else {
            throw SFSError(.corrupt, "no store has a good copy of '\(hash)'", cause: damage)
        }
        guard try await !holders(of: content).isEmpty else {
            throw SFSError(.unavailable, "no store that has '\(hash)' is in service")
        }
        return ReplicaFacts(size: content.size, attributes: content.attributes)
    }

    /// The bytes of `hash` at `offsets` for a viewer: of the replica here, and of others from the
    /// first byte on that is bad here.
    ///
    /// The replica here is verified when it turned out bad, or is missing.
    package func readForViewer(
        _ hash: ContentHash, offsets: Range<Int64>
    ) async throws -> ByteStream {
        do {
            let here = try await read(hash, offsets: offsets).bytes
            return ByteStream(ReplicaRelay(store: self, hash: hash, offsets: offsets, here: here))
        } catch let error as SFSError where [.corrupt, .io, .notFound].contains(error.code) {
            return try await readElsewhere(hash, offsets: offsets)
        }
    }

    /// The bytes of `hash` at `offsets` from other stores, one after the other as they fail.
    ///
    /// - Throws: `SFSError` with code `.corrupt` when no other has them; what asking the catalog
    ///   throws.
    package func readElsewhere(
        _ hash: ContentHash, offsets: Range<Int64>
    ) async throws -> ByteStream {
        ByteStream(
            ReplicaRelay(
                store: self, hash: hash, offsets: offsets, here: nil,
                others: try await holders(of: hash)))
    }

    /// What the catalog says of `hash`, if it says it in time.
    private func recorded(_ hash: ContentHash) async throws -> ContentRecord? {
        try await withTimeLimit(Self.catalogTime, "the catalog") { [catalog] in
            try await catalog.content(hash)
        }
    }

    /// How long a viewer waits for the catalog (promises.md C5).
    private static var catalogTime: Duration { .seconds(2) }

    /// The other stores that hold `hash`, those of this zone first.
    fileprivate func holders(of hash: ContentHash) async throws -> [MemberName] {
        guard let content = try await recorded(hash) else { return [] }
        return try await holders(of: content)
    }

    private func holders(of content: ContentRecord) async throws -> [MemberName] {
        let number = try service().number
        let numbers = Set(content.stores + content.extras).subtracting([number])
        let stores = try await withTimeLimit(Self.catalogTime, "the catalog") { [catalog] in
            try await catalog.stores()
        }
        return
            stores
            .filter { numbers.contains($0.facts.number) && $0.facts.roles.contains(.online) }
            .sorted { one, other in
                one.facts.zone == settings.zone && other.facts.zone != settings.zone
            }
            .map(\.facts.name)
    }
}

/// Bytes of a content for one reader, from one replica after the other.
private struct ReplicaRelay: AsyncSequence, Sendable {
    typealias Element = ByteBuffer
    typealias Failure = any Error

    let store: Store
    let hash: ContentHash
    let offsets: Range<Int64>
    /// The bytes from the replica here; `nil` when others have to give them.
    let here: ByteStream?
    /// Who is asked next; `nil` = still to be found out.
    var others: [MemberName]?

    func makeAsyncIterator() -> Iterator {
        Iterator(relay: self, source: here?.makeAsyncIterator())
    }

    struct Iterator: AsyncIteratorProtocol {
        private let relay: ReplicaRelay
        private var source: ByteStream.Iterator?
        private var others: [MemberName]?
        private var isHere: Bool
        private var position: Int64

        init(relay: ReplicaRelay, source: ByteStream.Iterator?) {
            self.relay = relay
            self.source = source
            others = relay.others
            isHere = source != nil
            position = relay.offsets.lowerBound
        }

        mutating func next(isolation actor: isolated (any Actor)?) async throws -> ByteBuffer? {
            var failure = SFSError(
                .corrupt, "no other store has the bytes of '\(relay.hash)' that are bad here")
            while position < relay.offsets.upperBound {
                do {
                    if source == nil { try await openNext(failure) }
                    if let chunk = try await source?.next(isolation: actor) {
                        position += Int64(chunk.readableBytes)
                        return chunk
                    }
                    throw SFSError(.io, "a store gave too few bytes of '\(relay.hash)'")
                } catch let error as SFSError {
                    if isHere {
                        guard [.corrupt, .io].contains(error.code) else { throw error }
                    } else if others?.isEmpty ?? true {
                        // Nobody is left, or nobody tells who there is.
                        throw error
                    }
                    failure = error
                    source = nil
                    isHere = false
                }
            }
            return nil
        }

        mutating func next() async throws -> ByteBuffer? { try await next(isolation: nil) }

        private mutating func openNext(_ failure: SFSError) async throws {
            var names =
                if let others { others } else { try await relay.store.holders(of: relay.hash) }
            guard !names.isEmpty else {
                others = []
                throw failure
            }
            let name = names.removeFirst()
            others = names
            guard let peer = try await relay.store.peers(name) else {
                throw SFSError(.unavailable, "store '\(name)' is not known here")
            }
            let body = try await peer.read(
                relay.hash, offsets: position..<relay.offsets.upperBound)
            source = body.bytes.makeAsyncIterator()
        }
    }
}
