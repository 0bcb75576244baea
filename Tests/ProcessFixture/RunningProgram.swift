import Foundation
import Glibc
import Synchronization

/// A process that we started and that runs beside us.
///
/// A thread waits for its end, so that it never stays as a zombie, and its number is signalled only
/// while it is surely its own.
package final class RunningProgram: Sendable {
    private struct State {
        var process: pid_t = 0
        var end: ProgramEnd?
        var failure: (any Error)?
    }

    /// What it was started as; for messages.
    package let name: String
    private let state = Mutex(State())

    private init(name: String) {
        self.name = name
    }

    /// Starts `launch`.
    ///
    /// With `diesWithUs` it is killed when this process ends, however that happens.
    static func start(_ launch: Launch, diesWithUs: Bool = false) async throws -> RunningProgram {
        let running = RunningProgram(name: launch.program)
        var launch = launch
        if diesWithUs {
            // The signal comes when the *thread* ends that started it: the one that waits for it.
            let words = ["--pdeathsig", "KILL", "--", launch.program]
            launch.arguments = words.map { Array($0.utf8) } + launch.arguments
            launch.program = "setpriv"
        }
        let prepared = launch
        try await withCheckedThrowingContinuation {
            (started: CheckedContinuation<Void, any Error>) in
            let thread = Thread {
                do {
                    let process = try prepared.start()
                    running.state.withLock { $0.process = process }
                    started.resume()
                    running.awaitEnd(of: process)
                } catch {
                    started.resume(throwing: error)
                }
            }
            thread.start()
        }
        return running
    }

    private func awaitEnd(of process: pid_t) {
        var information = siginfo_t()
        // Looks without reaping: until the lock is held, the number stays taken.
        while waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        state.withLock { state in
            var status: Int32 = 0
            while waitpid(process, &status, 0) < 0, errno == EINTR {}
            state.end = ProgramEnd(waitStatus: status)
        }
    }

    /// Its process id; that of another process once it has ended.
    package var process: Int32 { state.withLock { $0.process } }

    /// How it ended; `nil` while it runs.
    package var end: ProgramEnd? { state.withLock { $0.end } }

    /// Sends `signal` if it still runs.
    package func send(_ signal: Int32) {
        state.withLock { state in
            if state.end == nil { _ = Glibc.kill(state.process, signal) }
        }
    }

    /// Waits for its end.
    ///
    /// - Throws: `FixtureError` when `limit` is over first; it runs on then.
    @discardableResult
    package func ended(within limit: Duration = .seconds(60)) async throws -> ProgramEnd {
        try await eventually(within: limit, "the end of '\(name)'") { end }
    }

    /// Ends it with SIGKILL and waits until it is gone.
    package func kill() async throws {
        send(SIGKILL)
        try await ended()
    }

    /// What the kernel says of its memory; `nil` when it has ended.
    package var memory: ProcessMemory? {
        state.withLock { $0.end == nil ? ProcessMemory(of: $0.process) : nil }
    }
}

/// Starts `program`, runs `body`, and kills the program if it is still there.
///
/// Both output streams are appended to the file `log`. The program dies with this process.
///
/// - Throws: `FixtureError` when it cannot be started; what `body` throws.
package func withProgram<Result>(
    _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
    log: String = "/dev/null", _ body: (RunningProgram) async throws -> Result
) async throws -> Result {
    try await withCleanUp { cleanUp in
        let running = try await start(program, arguments, environment: environment, log: log)
        cleanUp.add { try await running.kill() }
        return try await body(running)
    }
}

/// Starts `program`, which dies with this process; whoever calls this sees to its end.
///
/// Prefer `withProgram`.
package func start(
    _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
    folder: String? = nil, log: String = "/dev/null"
) async throws -> RunningProgram {
    let nothing = try Descriptor.open("/dev/null", O_RDONLY)
    let output = try Descriptor.open(log, O_WRONLY | O_CREAT | O_APPEND)
    return try await RunningProgram.start(
        Launch(
            program: program, arguments: arguments.map { Array($0.utf8) },
            environment: environment, folder: folder, streams: [nothing, output, output]),
        diesWithUs: true)
}
