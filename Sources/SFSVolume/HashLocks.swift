import SFSCore
import Synchronization

/// Lets one thread at a time change what is under the name of a hash.
///
/// Hashes share a fixed number of locks, so that memory is bounded; sharing costs a wait, no more.
final class HashLocks: Sendable {
    private final class Lock: Sendable {
        let mutex = Mutex(())
    }

    private let locks = (0..<256).map { _ in Lock() }

    /// Runs `body` while nobody else changes `hash`; not to be nested.
    func withLock<Result>(on hash: ContentHash, _ body: () throws -> Result) rethrows -> Result {
        try locks[Int(hash.bytes[1])].mutex.withLock { _ in try body() }
    }
}
