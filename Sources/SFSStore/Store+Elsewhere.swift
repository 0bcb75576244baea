import Logging
import NIOCore
import SFSCatalog
package import SFSCore
import SFSWire

extension Store {
    /// The bytes of `hash` at `offsets` for a viewer: of the replica here, and of others from the
    /// first byte on that is bad here.
    ///
    /// The replica here is verified when it turned out bad.
    ///
    /// - Throws: `SFSError` with code `.notFound` when there is none here.
    package func readForViewer(
        _ hash: ContentHash, offsets: Range<Int64>
    ) async throws -> ByteStream {
        do {
            let here = try await read(hash, offsets: offsets).bytes
            return ByteStream(ReplicaRelay(store: self, hash: hash, offsets: offsets, here: here))
        } catch let error as SFSError where error.code == .corrupt {
            doubt(hash)
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

    /// The other stores that hold `hash`, those of this zone first.
    fileprivate func holders(of hash: ContentHash) async throws -> [MemberName] {
        let number = try service().number
        guard let content = try await catalog.content(hash) else { return [] }
        let numbers = Set(content.stores + content.extras).subtracting([number])
        return try await catalog.stores()
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
                        guard error.code == .corrupt else { throw error }
                        relay.store.doubt(relay.hash)
                    }
                    if others?.isEmpty ?? false { throw error }
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
