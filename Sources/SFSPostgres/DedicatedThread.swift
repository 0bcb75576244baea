import CLinux
import Glibc
import SFSCore

/// A thread of its own for calls that block, so that Swift's cooperative threads never do.
final class DedicatedThread: Sendable {
    private let end = Promise<Void>()

    /// Starts `body` on a new thread called `name` (of which Linux keeps 15 bytes).
    ///
    /// - Throws: `SFSError` with code `.busy` when the system has no thread left.
    init(name: String, _ body: @escaping @Sendable () -> Void) throws(SFSError) {
        let end = end
        let start = Start(name: name) {
            body()
            end.settle(.success(()))
        }
        var handle = pthread_t()
        let argument = unsafe Unmanaged.passRetained(start).toOpaque()
        let status = unsafe pthread_create(
            &handle, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                let start = unsafe Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
                unsafe sfs_name_thread(start.name)
                start.body()
                return nil
            }, argument)
        guard status == 0 else {
            unsafe Unmanaged<Start>.fromOpaque(argument).release()
            throw SFSError(.busy, "cannot start the thread '\(name)'")
        }
        // Nobody joins it by handle: `ended()` tells when its work is over.
        pthread_detach(handle)
    }

    /// Returns when the body has returned.
    ///
    /// - Throws: `CancellationError`.
    func ended() async throws {
        try await end.value()
    }

    /// Runs `body`, which may block, on a new thread, and returns what it returns.
    ///
    /// A cancelled caller waits all the same: what `body` has opened must not get lost.
    static func run<R: Sendable>(
        _ name: String, _ body: @escaping @Sendable () throws -> R
    ) async throws -> R {
        let result = Promise<R>()
        _ = try DedicatedThread(name: name) { result.settle(Result { try body() }) }
        return try await result.settled().get()
    }

    private final class Start: Sendable {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }
}
