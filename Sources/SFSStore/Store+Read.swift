import NIOCore
package import SFSCore
import SFSVolume
package import SFSWire

extension Store {
    package func find(_ hash: ContentHash) async throws -> ReplicaFacts? {
        // Who finds it may have it counted, so it must not be a file that is about to go: a removal
        // holds the lock from the moment when it takes the store off the row.
        try await replicas.withLock(on: hash) { try await findHeld(hash) }
    }

    /// The same for who holds the lock on `hash`.
    func findHeld(_ hash: ContentHash) async throws -> ReplicaFacts? {
        let service = try service()
        return try await onDisk {
            try service.volume.openReplica(hash).map {
                ReplicaFacts(size: $0.size, attributes: $0.attributes)
            }
        }
    }

    /// The same for somebody who was told that it is here: one that is not, or cannot be good, is
    /// looked at.
    ///
    /// - Throws: `SFSError` with code `.notFound` or `.corrupt`.
    package func findExpected(_ hash: ContentHash) async throws -> ReplicaFacts {
        guard let facts = try await doubting(hash, { try await find(hash) }) else {
            doubt(hash)
            throw absence(of: hash)
        }
        return facts
    }

    func absence(of hash: ContentHash) -> SFSError {
        SFSError(.notFound, "'\(hash)' is not on store '\(settings.name)'")
    }

    package func read(_ hash: ContentHash, offsets: Range<Int64>?) async throws -> ReplicaBody {
        let service = try service()
        let reader = try await doubting(hash) {
            try await onDisk {
                try service.volume.openReplica(hash).map { try $0.reader(offsets) }
            }
        }
        guard let reader else {
            doubt(hash)
            throw absence(of: hash)
        }
        let bytes = ReplicaBytes { [self] in
            try await doubting(hash) { try await onDisk { try reader.next() } }
        }
        return ReplicaBody(
            size: reader.replica.size, offsets: reader.offsets, bytes: ByteStream(bytes))
    }
}

/// Chunks of a replica, each read from the disk when it is asked for.
private struct ReplicaBytes: AsyncSequence, AsyncIteratorProtocol, Sendable {
    typealias Element = ByteBuffer
    typealias Failure = any Error

    let read: @Sendable () async throws -> ByteBuffer?

    func makeAsyncIterator() -> ReplicaBytes { self }

    func next(isolation actor: isolated (any Actor)?) async throws -> ByteBuffer? {
        try await read()
    }

    func next() async throws -> ByteBuffer? { try await read() }
}
