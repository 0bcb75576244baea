import Dispatch
import Glibc
import Synchronization

/// The user, or the system, asked the program to stop.
struct Interruption: Error {
    let signal: CInt

    /// As shells count: 130 for Ctrl-C.
    var exitStatus: Int32 { 128 + signal }

    /// After the first signal, for the work to be cancelled and cleaned up; then the program ends.
    private static let patience: Duration = .seconds(2)

    /// Runs `body`, and cancels it when SIGINT, SIGTERM or SIGHUP comes.
    ///
    /// A second signal, or the end of `patience`, end the program at once. A signal that was ignored when
    /// the program started, as under nohup(1), stays so.
    ///
    /// - Throws: `Interruption`; what `body` throws.
    static func cancelling<Value: Sendable>(
        patience: Duration = patience, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let (signals, input) = AsyncStream<CInt>.makeStream()
        let sources = await watch(patience) { input.yield($0) }
        defer { sources.forEach { $0.cancel() } }
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

    /// Calls `hear` with the first signal of each kind that comes after this returned.
    private static func watch(
        _ patience: Duration, _ hear: @escaping @Sendable (CInt) -> Void
    ) async -> [any DispatchSourceSignal] {
        let queue = DispatchQueue(label: "signals")
        var sources: [any DispatchSourceSignal] = []
        for signal in [SIGINT, SIGTERM, SIGHUP] where !isIgnored(signal) {
            let source = DispatchSource.makeSignalSource(signal: signal, queue: queue)
            let hasCome = Atomic(false)
            source.setEventHandler {
                guard !hasCome.exchange(true, ordering: .relaxed) else { _exit(128 + signal) }
                hear(signal)
                queue.asyncAfter(deadline: .now() + .seconds(Int(patience.components.seconds))) {
                    _exit(128 + signal)
                }
            }
            await withCheckedContinuation { registered in
                source.setRegistrationHandler { registered.resume() }
                source.resume()
            }
            sources.append(source)
        }
        return sources
    }

    private static func isIgnored(_ signal: CInt) -> Bool {
        var action = sigaction()
        guard sigaction(signal, nil, &action) == 0 else { return false }
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
