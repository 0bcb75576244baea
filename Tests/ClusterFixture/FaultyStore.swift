import NIOCore
package import SFSCore
package import SFSWire
import Synchronization

/// A real store that can be told to fail: what a prism sees of a disk that dies, a network that
/// breaks, a process that hangs.
package final class FaultyStore: StoreTransport, Sendable {
    /// What goes wrong.
    package enum Fault: Sendable {
        /// Every call fails at once.
        case refuses
        /// Receiving fails after so many bytes.
        case failsReceiving(after: Int)
        /// Receiving takes no more after so many bytes, and never answers.
        case hangsReceiving(after: Int)
        /// Commits fail.
        case failsCommitting
        /// Reading fails after so many bytes.
        case failsReading(after: Int)
        /// Reading ends early, as if that were all.
        case cutsReading(after: Int)
        /// Looking something up, or proving it, never answers.
        case hangsFinding
        /// Verifying fails, whatever the bytes are.
        case failsVerifying
        /// Verifying never answers.
        case hangsVerifying
        /// Nothing ever answers.
        case hangs
        /// It says that all is good, and gives other bytes.
        case lies
    }

    private let store: any StoreTransport
    private let fault = Mutex<Fault?>(nil)

    package init(_ store: any StoreTransport) {
        self.store = store
    }

    /// Makes `fault` happen from now on; `nil` = nothing is wrong any more.
    package func set(_ fault: Fault?) {
        self.fault.withLock { $0 = fault }
    }

    private var current: Fault? { fault.withLock { $0 } }

    private func failIfRefusing() async throws {
        switch current {
        case .refuses: throw Self.failure
        case .hangs: try await Task.sleep(for: .seconds(3600))
        default: break
        }
    }

    private static let failure = SFSError(.unavailable, "this store was told to fail")

    package func health() async throws -> StoreHealth {
        try await failIfRefusing()
        return try await store.health()
    }

    package func receive(
        _ upload: UploadID, algorithm: HashAlgorithm, length: Int64?, body: ByteStream
    ) async throws -> ReceivedBytes {
        try await failIfRefusing()
        let body =
            switch current {
            case .failsReceiving(let count): body.broken(after: count, .fail)
            case .hangsReceiving(let count): body.broken(after: count, .hang)
            default: body
            }
        return try await store.receive(upload, algorithm: algorithm, length: length, body: body)
    }

    package func commit(
        _ upload: UploadID, as hash: ContentHash, _ attributes: ContentAttributes
    ) async throws {
        try await failIfRefusing()
        if case .failsCommitting = current {
            await store.discard(upload)
            throw SFSError(.io, "this store was told to fail")
        }
        try await store.commit(upload, as: hash, attributes)
    }

    package func take(_ content: HashedBytes, _ attributes: ContentAttributes) async throws {
        // Told to fail, it does so where `receive` or `commit` would.
        guard current != nil else { return try await store.take(content, attributes) }
        let upload = UploadID.random()
        _ = try await receive(
            upload, algorithm: content.hash.algorithm, length: Int64(content.bytes.readableBytes),
            body: ByteStream(content.bytes))
        try await commit(upload, as: content.hash, attributes)
    }

    package func discard(_ upload: UploadID) async {
        await store.discard(upload)
    }

    package func find(_ hash: ContentHash) async throws -> ReplicaFacts? {
        try await failIfRefusing()
        if case .hangsFinding = current { try await Task.sleep(for: .seconds(3600)) }
        return try await store.find(hash)
    }

    package func read(_ hash: ContentHash, offsets: Range<Int64>?) async throws -> ReplicaBody {
        try await failIfRefusing()
        var body = try await store.read(hash, offsets: offsets)
        switch current {
        case .failsReading(let count): body.bytes = body.bytes.broken(after: count, .fail)
        case .cutsReading(let count): body.bytes = body.bytes.broken(after: count, .end)
        case .lies: body.bytes = TestBytes(size: Int(body.size), seed: 4711).stream()
        default: break
        }
        return body
    }

    package func verify(_ hash: ContentHash) async throws -> VerifiedReplica {
        try await judge(hash) { try await store.verify(hash) }
    }

    package func prove(_ hash: ContentHash) async throws -> VerifiedReplica {
        if case .hangsFinding = current { try await Task.sleep(for: .seconds(3600)) }
        return try await judge(hash) { try await store.prove(hash) }
    }

    private func judge(
        _ hash: ContentHash, _ truth: () async throws -> VerifiedReplica
    ) async throws -> VerifiedReplica {
        try await failIfRefusing()
        switch current {
        case .failsVerifying: throw SFSError(.corrupt, "told to find it bad")
        case .hangsVerifying: try await Task.sleep(for: .seconds(3600))
        case .lies:
            if let size = try await store.find(hash)?.size {
                return VerifiedReplica(size: size, verifiedAt: .now())
            }
        default: break
        }
        return try await truth()
    }

    package func prune(_ order: StorePruneOrder) async throws -> [PruneReply.Entry] {
        try await failIfRefusing()
        return try await store.prune(order)
    }
}
