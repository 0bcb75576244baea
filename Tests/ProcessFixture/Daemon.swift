import Foundation
import Glibc

/// A running `sfsd`.
package final class Daemon: Sendable {
    /// Where its log is.
    package let log: String
    private let program: RunningProgram
    private let isWrapped: Bool

    private init(program: RunningProgram, log: String, isWrapped: Bool) {
        self.program = program
        self.log = log
        self.isWrapped = isWrapped
    }

    /// Starts `sfsd` with `arguments`, for example `run --config F` or `dev --state D`.
    ///
    /// `wrapper` is put in front: a program that runs sfsd as its only child, such as
    /// `strace -f -e …`. Both output streams are appended to `log`. It dies with this process;
    /// whoever calls this sees to its end otherwise: prefer `withDaemon`.
    package static func start(
        _ sfsd: String, _ arguments: [String], wrapper: [String] = [],
        environment: [String: String] = [:], log: String
    ) async throws -> Daemon {
        let words = wrapper + [sfsd] + arguments
        let program = try await ProcessFixture.start(
            words[0], Array(words.dropFirst()), environment: environment, log: log)
        return Daemon(program: program, log: log, isWrapped: !wrapper.isEmpty)
    }

    /// The process id of sfsd itself; `nil` when it does not run.
    package var process: Int32? {
        guard program.end == nil else { return nil }
        guard isWrapped else { return program.process }
        // A wrapper that has not started it yet, or that ends with it, has no child.
        let own = program.process
        let children = try? String(
            contentsOfFile: "/proc/\(own)/task/\(own)/children", encoding: .utf8)
        return children?.split(separator: " ").first.flatMap { Int32($0) }
    }

    /// How it ended; `nil` while it runs.
    package var end: ProgramEnd? { program.end }

    /// Its memory now and at most; `nil` when it does not run.
    package var memory: ProcessMemory? { process.flatMap { ProcessMemory(of: $0) } }

    /// Returns once `/readyz` is answered with 200 on each of the Unix `sockets`.
    ///
    /// - Throws: `FixtureError` with the end of the log when it ends or `limit` is over first.
    package func ready(on sockets: [String], within limit: Duration = .seconds(180)) async throws {
        for socket in sockets {
            _ = try await eventually(
                within: limit, "an answer on '\(socket)'; the log ends with:\n\(logTail)"
            ) { () -> Bool? in
                if let end = program.end {
                    throw FixtureError("sfsd ended (\(end)); its log ends with:\n\(logTail)")
                }
                return isReady(socket: socket) ? true : nil
            }
        }
    }

    /// Returns once `text` is in the log; for `sfsd dev`, which tells its socket there.
    ///
    /// - Throws: `FixtureError` with the end of the log when it ends or `limit` is over first.
    package func logged(_ text: String, within limit: Duration = .seconds(180)) async throws {
        _ = try await eventually(within: limit, "'\(text)' in the log; it ends with:\n\(logTail)") {
            () -> Bool? in
            if logText.contains(text) { return true }
            if let end = program.end {
                throw FixtureError("sfsd ended (\(end)); its log ends with:\n\(logTail)")
            }
            return nil
        }
    }

    /// kill -9, and waits until it is gone.
    package func kill() async throws {
        signal(SIGKILL)
        try await ended()
    }

    /// SIGTERM, and waits for the end, which is to come within 30 s (promises.md C9).
    ///
    /// - Throws: `FixtureError` when it does not; it is killed then.
    @discardableResult
    package func stop() async throws -> ProgramEnd {
        signal(SIGTERM)
        do {
            return try await program.ended(within: .seconds(35))
        } catch {
            try await kill()
            throw FixtureError("sfsd did not stop on SIGTERM; its log ends with:\n\(logTail)")
        }
    }

    /// Sends `number` to sfsd itself, if it runs.
    package func signal(_ number: Int32) {
        guard isWrapped else {
            program.send(number)
            return
        }
        if let process { _ = Glibc.kill(process, number) }
    }

    /// Waits for an end that comes by itself.
    ///
    /// - Throws: `FixtureError` when `limit` is over first.
    @discardableResult
    package func ended(within limit: Duration = .seconds(60)) async throws -> ProgramEnd {
        try await program.ended(within: limit)
    }

    /// What it has logged so far.
    package var logText: String {
        // Before its first line there is no file.
        (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
    }

    /// The end of the log, for messages.
    package var logTail: String { String(logText.suffix(3000)) }
}

/// Starts `sfsd`, runs `body`, and stops it: with SIGTERM when `body` returned, else with SIGKILL.
///
/// See `Daemon.start` for the parameters.
///
/// - Throws: what `body` throws; `FixtureError` when it does not stop.
package func withDaemon<Result>(
    _ sfsd: String, _ arguments: [String], wrapper: [String] = [],
    environment: [String: String] = [:], log: String, _ body: (Daemon) async throws -> Result
) async throws -> Result {
    let daemon = try await Daemon.start(
        sfsd, arguments, wrapper: wrapper, environment: environment, log: log)
    let result: Result
    do {
        result = try await body(daemon)
    } catch {
        try await uncancelled { if daemon.end == nil { try await daemon.kill() } }
        throw error
    }
    if daemon.end == nil { try await daemon.stop() }
    return result
}
