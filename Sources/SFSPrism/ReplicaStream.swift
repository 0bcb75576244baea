import Logging
import NIOCore
import SFSCore
import SFSWire

/// The bytes of a content from the first replica that can give them, for one reader.
///
/// When a replica fails it goes on with the next one, at the same offset.
struct ReplicaStream: AsyncSequence, Sendable {
    typealias Element = ByteBuffer
    typealias Failure = any Error

    private let cursor: ReplicaCursor

    /// Will read `offsets` of the content `hash`, trying each of `sources` once, in their order.
    init(hash: ContentHash, offsets: Range<Int64>, sources: [Fleet.Member], prism: Prism) {
        cursor = ReplicaCursor(hash: hash, offsets: offsets, sources: sources, prism: prism)
    }

    /// Reads the first chunk ahead, so that a content which cannot be read is known before
    /// anything was promised.
    func open() async throws {
        try await cursor.readAhead()
    }

    func makeAsyncIterator() -> Iterator { Iterator(cursor: cursor) }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate let cursor: ReplicaCursor

        func next(isolation actor: isolated (any Actor)?) async throws -> ByteBuffer? {
            try await cursor.next()
        }

        func next() async throws -> ByteBuffer? {
            try await cursor.next()
        }
    }
}

/// Where a `ReplicaStream` is.
private actor ReplicaCursor {
    private let hash: ContentHash
    private let end: Int64
    private let prism: Prism
    /// Where the next byte comes from.
    private var position: Int64
    private var sources: ArraySlice<Fleet.Member>
    private var current: Replica?
    private var ahead: ByteBuffer?
    private var failure: SFSError?
    /// Whether every replica that was tried was there and bad, or not there.
    private var areAllBad = true

    private struct Replica {
        let member: Fleet.Member
        var bytes: ByteStream.Iterator
        let tally: ReadTally
    }

    init(hash: ContentHash, offsets: Range<Int64>, sources: [Fleet.Member], prism: Prism) {
        self.hash = hash
        position = offsets.lowerBound
        end = offsets.upperBound
        self.sources = sources[...]
        self.prism = prism
    }

    func readAhead() async throws {
        ahead = try await next()
    }

    func next() async throws -> ByteBuffer? {
        if let chunk = ahead {
            ahead = nil
            return chunk
        }
        while position < end {
            if let chunk = try await nextOfCurrent() {
                position += Int64(chunk.readableBytes)
                return chunk
            }
        }
        return nil
    }

    /// A chunk of the current replica, or of a newly opened one; `nil` when that one failed.
    private func nextOfCurrent() async throws -> ByteBuffer? {
        guard var replica = current else {
            try await openNext()
            return nil
        }
        current = nil
        do {
            let chunk = try await replica.bytes.next(isolation: self)
            guard let chunk, chunk.readableBytes <= end - position else {
                throw SFSError(
                    .io, "store '\(replica.member.facts.name)' ended '\(hash)' at \(position)")
            }
            current = replica
            return chunk
        } catch {
            try fail(replica.member, error)
            return nil
        }
    }

    private func openNext() async throws {
        guard let member = sources.popFirst() else {
            throw SFSError(
                failure?.code == .corrupt && areAllBad ? .corrupt : .unavailable,
                "no replica of '\(hash)' can be read from \(position)", cause: failure)
        }
        let (hash, offsets) = (hash, position..<end)
        do {
            let name = member.facts.name
            let body = try await withTimeLimit(prism.settings.readTimeout, "store '\(name)'") {
                try await member.transport.read(hash, offsets: offsets)
            }
            current = Replica(
                member: member, bytes: body.bytes.makeAsyncIterator(),
                tally: ReadTally(prism.fleet, member.facts.number))
        } catch {
            try fail(member, error)
        }
    }

    private func fail(_ member: Fleet.Member, _ error: any Error) throws {
        if error is CancellationError || Task.isCancelled { throw error }
        let found = SFSError(wrapping: error)
        if ![.corrupt, .notFound].contains(found.code) { areAllBad = false }
        // A bad one says more than one that is not there.
        if failure?.code != .corrupt { failure = found }
        prism.note(error, on: member)
    }
}

/// Counts a read as under way for as long as it lives.
private final class ReadTally: Sendable {
    private let fleet: Fleet
    private let store: StoreNumber

    init(_ fleet: Fleet, _ store: StoreNumber) {
        self.fleet = fleet
        self.store = store
        fleet.countRead(store, by: 1)
    }

    deinit {
        fleet.countRead(store, by: -1)
    }
}
