import CLinux
import Glibc
import SFSCore
import Synchronization

/// A running `postgres`, with the thread that started it, keeps its log and waits for its end.
///
/// The thread lives as long as the server, because the kernel sends the server its death signal
/// when that thread ends: with this process, however that ends.
final class ServerProcess: Sendable {
    /// What is known when it has ended.
    struct End: Sendable {
        /// Exit status, or 128 + the signal that ended it.
        let status: Int32
        /// The last that it wrote to its log.
        let lastWords: String
    }

    /// How the server is asked to stop, and how long it then gets: fast shutdown (sessions are
    /// ended, everything is written), immediate (recovers at the next start), none.
    private static let stopSignals: [(signal: Int32, patience: Duration)] = [
        (SIGINT, .seconds(20)), (SIGQUIT, .seconds(8)), (SIGKILL, .seconds(3600)),
    ]

    private let begin = Promise<pid_t>()
    private let end = Promise<End>()
    private let mustStop = Mutex(false)
    private let wake: WakeSignal

    /// Starts `program` and writes what it says to the file `log`.
    init(_ program: Program, log: String) throws(SFSError) {
        wake = try WakeSignal()
        _ = try DedicatedThread(name: "postgres") { self.run(program, log) }
    }

    /// Its process id, once it has been started.
    ///
    /// - Throws: `Program.StartFailure`, `SFSError`, `CancellationError`.
    func started() async throws -> pid_t {
        try await begin.value()
    }

    /// How it ended; `nil` while it runs.
    var currentEnd: End? { try? end.outcome?.get() }  // never settled with a failure

    /// Waits for its end.
    ///
    /// - Throws: `CancellationError`.
    func ended() async throws -> End {
        try await end.value()
    }

    /// Stops it and waits for its end, whatever becomes of the caller; half a minute at most.
    func stop() async {
        mustStop.withLock { $0 = true }
        wake.signal()
        _ = await end.settled()
    }

    private func run(_ program: Program, _ logPath: String) {
        let log = ServerLog(path: logPath)
        var pipeEnds: [Int32] = [-1, -1]
        guard unsafe pipe(&pipeEnds) == 0 else {
            return fail(SFSError(.busy, "cannot start PostgreSQL: too many files are open"))
        }
        let (reading, writing) = (pipeEnds[0], pipeEnds[1])
        defer { close(reading) }
        for descriptor in pipeEnds { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(reading, F_SETFL, O_NONBLOCK)

        let process: pid_t
        do {
            defer { close(writing) }
            process = try program.start(output: writing)
        } catch {
            return fail(error)
        }
        begin.settle(.success(process))
        watch(process, reading, log)
        // Reaped only now: until here its number meant it and no other process.
        let status = Program.wait(for: process)
        Self.copy(from: reading, to: log)
        end.settle(
            .success(End(status: status, lastWords: String(decoding: log.tail, as: UTF8.self))))
    }

    private func fail(_ error: any Error) {
        begin.settle(.failure(error))
        end.settle(.success(End(status: -1, lastWords: "")))
    }

    /// Copies the log and passes orders to stop on, until the process has ended.
    private func watch(_ process: pid_t, _ reading: Int32, _ log: ServerLog) {
        let ending = sfs_pidfd_open(process)
        guard ending >= 0 else { return }
        defer { close(ending) }
        var signals = Self.stopSignals[...]
        var deadline: ContinuousClock.Instant?
        var isLogOpen = true
        while true {
            var waits = [
                pollfd(fd: ending, events: Int16(POLLIN), revents: 0),
                pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: isLogOpen ? reading : -1, events: Int16(POLLIN), revents: 0),
            ]
            _ = unsafe poll(&waits, 3, SocketWait.milliseconds(until: deadline))
            if waits[2].revents != 0 { isLogOpen = Self.copy(from: reading, to: log) }
            if waits[0].revents != 0 { return }
            if waits[1].revents != 0 { wake.clear() }
            let isDue = deadline.map { $0 <= .now } ?? mustStop.withLock { $0 }
            if isDue, let next = signals.popFirst() {
                kill(process, next.signal)
                deadline = .now + next.patience
            }
        }
    }

    /// Copies what is there; `false` at the end.
    @discardableResult
    private static func copy(from descriptor: Int32, to log: ServerLog) -> Bool {
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = unsafe read(descriptor, &chunk, chunk.count)
            guard count > 0 else { return count < 0 && (errno == EAGAIN || errno == EINTR) }
            log.append(chunk.prefix(count))
        }
    }
}
