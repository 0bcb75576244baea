import Logging
import NIOCore
import SFSCatalog
import SFSCore
import SFSVolume
import SFSWire

extension Work {
    /// All bytes of `content` in the spool, from the first store that proves its replica and can
    /// give it.
    ///
    /// - Throws: `SFSError` with code `.unavailable` when none could be reached, `.corrupt` when
    ///   there is none, or one that was reached was bad.
    func pull(
        _ content: ContentRecord, for task: TaskRecord, _ effort: Effort
    ) async throws -> SpoolFile {
        var isReachable = false
        var last = SFSError(.corrupt, "no other store holds it")
        let sources = try await sources(of: content, for: task)
        for name in sources {
            do {
                return try await pull(content, from: name, effort)
            } catch let failure as PeerFailure {
                last = failure.error
                isReachable = isReachable || !Self.absence.contains(last.code)
                store.logger.warning(
                    "a source failed",
                    metadata: ["source": "\(name)", "hash": "\(content.hash)", "error": "\(last)"])
            }
        }
        throw SFSError(
            sources.isEmpty || isReachable ? .corrupt : .unavailable,
            "cannot clone '\(content.hash)': \(last.message)", cause: last.cause)
    }

    /// What is said of a store that is away, or has no time, and not of its replica.
    private static let absence: [ErrorCode] = [.unavailable, .busy, .timeout]

    /// The other stores that hold `content`: those that are well first, then the task's own choice,
    /// then those of this zone.
    ///
    /// After a failure another one begins: what has gone wrong may go wrong again.
    private func sources(
        of content: ContentRecord, for task: TaskRecord
    ) async throws -> [MemberName] {
        let holders = Set(content.stores + content.extras).subtracting([task.store])
        func rank(_ record: StoreRecord) -> (Int, Int, Int, StoreNumber) {
            let facts = record.facts
            let isWell = facts.roles.contains(.online) && record.problem == nil
            return (
                isWell ? 0 : 1, facts.number == task.source ? 0 : 1,
                facts.zone == store.settings.zone ? 0 : 1, facts.number
            )
        }
        let known = try await store.catalog.stores()
            .filter { holders.contains($0.facts.number) }
            .sorted { rank($0) < rank($1) }
            .map(\.facts.name)
        let start = known.isEmpty ? 0 : max(0, task.attempts - 1) % known.count
        return Array(known[start...] + known[..<start])
    }

    private func pull(
        _ content: ContentRecord, from name: MemberName, _ effort: Effort
    ) async throws -> SpoolFile {
        let peer = try await store.provenPeer(name, of: content)
        do {
            return try await receive(content, from: peer, name, effort)
        } catch let failure as PeerFailure {
            // What it proved it could not give: it shall look at it again, and not rest on what it
            // remembers. Its answer is its own affair, as is a bad replica.
            try? await withTimeLimit(store.settings.proofTimeout, "store '\(name)'") {
                try await store.whileAlive(peer, name) { _ = try await peer.verify(content.hash) }
            }
            throw failure
        }
    }

    private func receive(
        _ content: ContentRecord, from peer: any StoreTransport, _ name: MemberName,
        _ effort: Effort
    ) async throws -> SpoolFile {
        let hash = content.hash
        let upload = UploadID.random()
        effort.restart()
        let received: ReceivedBytes
        do {
            received = try await store.whileAlive(peer, name) {
                let body = try await Store.asking { try await peer.read(hash, offsets: nil) }
                return try await store.receive(
                    upload, algorithm: hash.algorithm, length: content.size,
                    body: ByteStream(PulledBytes(base: body.bytes, effort: effort)))
            }
        } catch let error as SFSError where error.code == .protocol {
            // More or fewer bytes than there are.
            throw PeerFailure(error)
        }
        guard let spool = store.uploads.takeReceived(upload) else {
            throw SFSError(.notFound, "upload '\(upload)' is not here")
        }
        guard received.hash == hash else {
            store.drop(spool)
            throw PeerFailure(
                SFSError(.corrupt, "store '\(name)' gave '\(received.hash)' for '\(hash)'"))
        }
        return spool
    }
}

/// The bytes of another store's replica, at the rate at which they may pass; that store's errors
/// come as `PeerFailure`.
private struct PulledBytes: AsyncSequence, Sendable {
    typealias Element = ByteBuffer
    typealias Failure = any Error

    let base: ByteStream
    let effort: Effort

    func makeAsyncIterator() -> Iterator {
        Iterator(base: base.makeAsyncIterator(), effort: effort)
    }

    struct Iterator: AsyncIteratorProtocol {
        var base: ByteStream.Iterator
        let effort: Effort

        mutating func next(isolation actor: isolated (any Actor)?) async throws -> ByteBuffer? {
            let chunk: ByteBuffer?
            do {
                chunk = try await base.next(isolation: actor)
            } catch {
                try Task.checkCancellation()
                throw PeerFailure(error)
            }
            if let chunk { try await effort.pass(chunk.readableBytes) }
            return chunk
        }

        mutating func next() async throws -> ByteBuffer? { try await next(isolation: nil) }
    }
}
