import SFSCore
import Synchronization

/// Replicas that turned out bad while they were read, each of them once.
final class Doubts: Sendable {
    /// So many wait at most.
    private static let countMaximum = 10_000

    /// In the order in which they came; for one reader.
    let hashes: AsyncStream<ContentHash>

    private let adding: AsyncStream<ContentHash>.Continuation
    private let waiting = Mutex<Set<ContentHash>>([])

    init() {
        (hashes, adding) = AsyncStream.makeStream(
            of: ContentHash.self, bufferingPolicy: .bufferingOldest(Self.countMaximum))
    }

    /// Adds `hash` unless it waits already, or too many do.
    func add(_ hash: ContentHash) {
        let isNew = waiting.withLock { waiting in
            waiting.count < Self.countMaximum && waiting.insert(hash).inserted
        }
        if isNew { adding.yield(hash) }
    }

    /// Lets `hash` be added again.
    func remove(_ hash: ContentHash) {
        waiting.withLock { _ = $0.remove(hash) }
    }
}
