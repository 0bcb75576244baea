import SFSCore
import Synchronization

/// Replicas that turned out bad while they were read, each of them once.
///
/// Anybody who may ask for a content can have it doubted. So one that was looked at is not looked
/// at again for ten times as long as that took: a last replica, which stays though it is bad, takes
/// a tenth of the disk's time at most.
final class Doubts: Sendable {
    /// So many wait at most.
    private static let countMaximum = 10_000
    private static let restFactor = 10
    /// At least.
    private static let rest = Duration.seconds(5)

    /// In the order in which they came; for one reader.
    let hashes: AsyncStream<ContentHash>

    private let adding: AsyncStream<ContentHash>.Continuation
    private let waiting = Mutex<Set<ContentHash>>([])
    /// Until when those that were looked at rest.
    private let resting = RecentCache<ContentHash, ContinuousClock.Instant>(
        countMaximum: Doubts.countMaximum)

    init() {
        (hashes, adding) = AsyncStream.makeStream(
            of: ContentHash.self, bufferingPolicy: .bufferingOldest(Self.countMaximum))
    }

    /// Adds `hash` unless it waits already, was looked at just now, or too many wait.
    func add(_ hash: ContentHash) {
        if let end = resting[hash], .now < end { return }
        let isNew = waiting.withLock { waiting in
            waiting.count < Self.countMaximum && waiting.insert(hash).inserted
        }
        if isNew { adding.yield(hash) }
    }

    /// Runs `body`, which looks at `hash`; it may be added again from the begin of that on, and
    /// after its end has a rest.
    func judging(_ hash: ContentHash, _ body: () async -> Void) async {
        waiting.withLock { _ = $0.remove(hash) }
        let start = ContinuousClock.now
        await body()
        let now = ContinuousClock.now
        resting.set(hash, now + max(Self.rest, (now - start) * Self.restFactor))
    }
}
