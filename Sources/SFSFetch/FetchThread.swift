import CLinux
import Glibc
import SFSCore

/// A thread of its own for one fetch, because libcurl waits and calls back on the thread it is on.
enum FetchThread {
    /// Runs `body` on a new thread.
    ///
    /// - Throws: `SFSError` with code `.busy` when the system has no thread left.
    static func start(_ body: @escaping @Sendable () -> Void) throws(SFSError) {
        let start = Unmanaged.passRetained(Start(body))
        var thread = pthread_t()
        let failure = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
                sfs_name_thread("fetch")
                FetchThread.blockBrokenPipes()
                start.body()
                return nil
            }, start.toOpaque())
        guard failure == 0 else {
            start.release()
            throw SFSError(.busy, "cannot start a thread to fetch with")
        }
        pthread_detach(thread)
    }

    /// libcurl leaves the signal to us, and TLS writes to connections that the other side closed.
    private static func blockBrokenPipes() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    private final class Start: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }
}
