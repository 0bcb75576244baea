import Foundation
import Glibc
import ProcessFixture

/// strace(1), attached to a daemon while it does one put.
struct Strace {
    /// Process that is watched.
    let process: Int32
    /// Where strace writes what it saw.
    let log: String

    /// Why this machine cannot be used; `nil` when it can.
    static func missing() async throws -> String? {
        if try await run("sh", ["-c", "command -v strace"]).status != 0 {
            return "'strace' is missing; install it"
        }
        // A kernel without this setting lets everyone trace processes of their own.
        let scope = try? String(
            contentsOfFile: "/proc/sys/kernel/yama/ptrace_scope", encoding: .utf8)
        guard getuid() != 0, let scope, !scope.hasPrefix("0") else { return nil }
        return "only root may attach strace here; see 'kernel.yama.ptrace_scope'"
    }

    /// Runs `body` while the process is killed before the `count`-th `call` of any thread, counted
    /// from now.
    func killing<Result>(
        before call: String, count: Int, _ body: () async throws -> Result
    ) async throws -> Result {
        let options = ["trace=\(call)", "inject=\(call):signal=KILL:when=\(count)"]
        return try await attached(options, body)
    }

    /// Whether the process was killed in the last run, be it reaped by now or not.
    func hasKilled() throws -> Bool {
        try String(contentsOfFile: log, encoding: .utf8).contains("+++ killed by SIGKILL +++")
    }

    /// Runs `body` and counts for each of `calls` how many the busiest thread made.
    func counting(_ calls: [String], _ body: () async throws -> Void) async throws -> [String: Int]
    {
        try await attached(["trace=\(calls.joined(separator: ","))"], body)
        let text = try String(contentsOfFile: log, encoding: .utf8)
        var counts: [String: [Substring: Int]] = [:]
        for line in text.split(separator: "\n") {
            // For example `1234  fsync(7)  = 0`; a call that was interrupted is resumed in another
            // line, which has `<...` there and is not counted again.
            let words = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
            guard words.count == 2 else { continue }
            let rest = words[1].drop { $0 == " " }
            guard let end = rest.firstIndex(of: "("), calls.contains(String(rest[..<end])) else {
                continue
            }
            counts[String(rest[..<end]), default: [:]][words[0], default: 0] += 1
        }
        return counts.mapValues { $0.values.max() ?? 0 }
    }

    private func attached<Result>(
        _ expressions: [String], _ body: () async throws -> Result
    ) async throws -> Result {
        // An older log would be counted again.
        unlink(log)
        let options =
            ["-f", "-q", "-o", log, "-p", "\(process)"] + expressions.flatMap { ["-e", $0] }
        return try await withProgram("strace", options, log: log + ".errors") { strace in
            try await waitUntilAttached(strace)
            let result = try await body()
            try await detach(strace)
            return result
        }
    }

    /// Ends strace and leaves the daemon as it was.
    private func detach(_ strace: RunningProgram) async throws {
        strace.send(SIGINT)
        do {
            try await strace.ended(within: .seconds(5))
        } catch is FixtureError {
            // It may wait for ever for a thread that is just being killed. Without it, the kernel
            // lets go of all of them.
            try await strace.kill()
        }
    }

    private func waitUntilAttached(_ strace: RunningProgram) async throws {
        let tasks = "/proc/\(process)/task"
        _ = try await eventually("strace to attach to \(process)") {
            () -> Bool? in
            if let end = strace.end { throw FixtureError("strace ended: \(end)") }
            // A thread that ends while we look has no tracer, and is asked again.
            let threads = try FileManager.default.contentsOfDirectory(atPath: tasks)
            let areTraced = threads.allSatisfy { thread in
                let status = try? String(
                    contentsOfFile: "\(tasks)/\(thread)/status", encoding: .utf8)
                return status?.contains("\nTracerPid:\t\(strace.process)\n") ?? false
            }
            return areTraced ? true : nil
        }
    }
}
