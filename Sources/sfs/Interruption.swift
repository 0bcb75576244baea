import Glibc
import SFSCore

/// The user, or the system, asked the program to stop.
struct Interruption: Error {
    let signal: CInt

    /// As shells count: 130 for Ctrl-C.
    var exitStatus: Int32 { 128 + signal }

    /// After the first signal, for the work to be cancelled and cleaned up; then the program ends.
    private static let patience = timespec(tv_sec: 2, tv_nsec: 0)

    /// Runs `body`, and cancels it when SIGINT, SIGTERM or SIGHUP comes.
    ///
    /// A second signal, or two seconds, end the program at once. A signal that was ignored when
    /// the program started, as under nohup(1), stays so.
    ///
    /// - Throws: `Interruption`; what `body` throws.
    static func cancelling<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let (signals, input) = AsyncStream<CInt>.makeStream()
        try Watch(input).start()
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                for await signal in signals { throw Interruption(signal: signal) }
                return nil
            }
            defer { group.cancelAll() }
            do {
                // The second child ends only by a signal, or because this task was cancelled.
                guard let first = try await group.next(), let value = first else {
                    throw CancellationError()
                }
                return value
            } catch let interruption as Interruption {
                group.cancelAll()
                // The work cleans up; that it was cancelled is no news.
                while await group.nextResult() != nil {}
                throw interruption
            }
        }
    }

    /// The thread that waits for signals, which are blocked in all others.
    private final class Watch: Sendable {
        let input: AsyncStream<CInt>.Continuation

        init(_ input: AsyncStream<CInt>.Continuation) {
            self.input = input
        }

        func start() throws(SFSError) {
            var signals = Self.signals()
            pthread_sigmask(SIG_BLOCK, &signals, nil)
            let this = Unmanaged.passRetained(self)
            var thread = pthread_t()
            let failure = pthread_create(
                &thread, nil,
                { argument in
                    guard let argument else { return nil }
                    Unmanaged<Watch>.fromOpaque(argument).takeRetainedValue().run()
                    return nil
                }, this.toOpaque())
            guard failure == 0 else {
                this.release()
                throw SFSError(.unavailable, "cannot start a thread")
            }
            pthread_detach(thread)
        }

        private func run() {
            var signals = Self.signals()
            var signal: CInt = 0
            guard sigwait(&signals, &signal) == 0 else { return }
            input.yield(signal)
            var patience = Interruption.patience
            sigtimedwait(&signals, nil, &patience)
            _exit(128 + signal)
        }

        private static func signals() -> sigset_t {
            var signals = sigset_t()
            sigemptyset(&signals)
            for signal in [SIGINT, SIGTERM, SIGHUP] where !isIgnored(signal) {
                sigaddset(&signals, signal)
            }
            return signals
        }

        private static func isIgnored(_ signal: CInt) -> Bool {
            var action = sigaction()
            guard sigaction(signal, nil, &action) == 0 else { return false }
            return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
                == unsafeBitCast(SIG_IGN, to: Int.self)
        }
    }
}
