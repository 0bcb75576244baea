import Glibc
import SFSCore

/// What a server says of itself in `postmaster.pid`.
///
/// The file is the server's: nobody else ever removes it.
struct Postmaster: Sendable, Hashable {
    /// Its process id.
    let process: pid_t
    /// Whether it takes connections.
    let isReady: Bool

    /// Reads the file in the folder `data`; `nil` when it is not there, or not whole yet.
    init?(data: String) {
        guard let text = SmallFile.read("\(data)/postmaster.pid") else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let process = lines.first.flatMap({ Int32($0) }), process > 1 else { return nil }
        self.process = process
        isReady = lines.count > 7 && lines[7].hasPrefix("ready")
    }

    /// Whether the process lives and is a server on `data`, and not another one that got its
    /// number.
    func isAlive(on data: String) -> Bool {
        guard let here = Self.canonical(data) else { return false }
        return Self.canonical("/proc/\(process)/cwd") == here
    }

    /// Stops the server that an sfsd which was killed has left on `data`, if there is one.
    ///
    /// It is on its way down already. Blocks until it has ended, half a minute at most.
    /// The caller holds the lock of the folder, so no living sfsd wants that server.
    ///
    /// - Throws: `SFSError` with code `.conflict` when it does not end.
    static func stopLeftover(on data: String) throws(SFSError) {
        for (signal, patience) in [(SIGINT, Duration.seconds(20)), (SIGQUIT, .seconds(10))] {
            guard let left = Postmaster(data: data), left.isAlive(on: data) else { return }
            kill(left.process, signal)
            let deadline = ContinuousClock.now + patience
            while left.isAlive(on: data), ContinuousClock.now < deadline { usleep(10_000) }
        }
        guard let left = Postmaster(data: data), left.isAlive(on: data) else { return }
        throw SFSError(
            .conflict, "a PostgreSQL that does not end uses '\(data)'; stop process \(left.process)"
        )
    }

    private static func canonical(_ path: String) -> String? {
        guard let resolved = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }
}
