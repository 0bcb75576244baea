import Glibc
import SFSCore

/// Other programs, found on the path.
enum Process {
    /// Becomes `program`; returns only when there is no such program.
    ///
    /// - Throws: `SFSError` with code `.io` when there is one that cannot be run.
    static func become(_ program: String, _ arguments: [String]) throws(SFSError) {
        // The program shall find the signal as it is when a program starts.
        signal(SIGPIPE, SIG_DFL)
        withArguments([program] + arguments) { _ = execvp(program, $0) }
        let failure = errno
        signal(SIGPIPE, SIG_IGN)
        // A folder of the path that may not be read gives EACCES, whatever is not there.
        guard ![ENOENT, ENOTDIR, EACCES].contains(failure) else { return }
        throw SFSError(.io, "cannot run '\(program)': \(String(cString: strerror(failure)))")
    }

    /// Runs `program` with its output thrown away; whether it ended with status 0.
    static func succeeds(_ program: String, _ arguments: [String]) -> Bool {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
        }
        var process = pid_t()
        let failure = withArguments([program] + arguments) { list in
            posix_spawnp(&process, program, &actions, nil, list, environ)
        }
        return failure == 0 && ended(process) == 0
    }

    /// What `program` writes to its standard output, as text.
    ///
    /// `""` when it fails, or has not ended within `limit` and is killed.
    static func output(
        of program: String, _ arguments: [String], within limit: Duration
    ) -> String {
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { return "" }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        for end in ends { posix_spawn_file_actions_addclose(&actions, end) }
        for (descriptor, mode) in [(STDIN_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY)] {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", mode, 0)
        }
        var process = pid_t()
        let failure = withArguments([program] + arguments) { list in
            posix_spawn(&process, program, &actions, nil, list, environ)
        }
        close(ends[1])
        defer { close(ends[0]) }
        guard failure == 0 else { return "" }
        let bytes = read(ends[0], until: .now + limit)
        if bytes == nil { kill(process, SIGKILL) }
        return ended(process) == 0 ? String(decoding: bytes ?? [], as: UTF8.self) : ""
    }

    /// All that comes out of `descriptor`; `nil` when it does not end before `deadline`.
    private static func read(
        _ descriptor: CInt, until deadline: ContinuousClock.Instant
    ) -> [UInt8]? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let rest = (deadline - .now) / .milliseconds(1)
            var input = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard rest > 0, poll(&input, 1, CInt(rest.rounded(.up))) > 0 else { return nil }
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            guard count > 0 else { return count == 0 ? bytes : nil }
            bytes += chunk[..<count]
        }
    }

    /// Waits for the end of `process`; its status as waitpid(2) gives it, or -1.
    private static func ended(_ process: pid_t) -> CInt {
        var status: CInt = 0
        while waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { return -1 }
        }
        return status
    }

    /// Calls `body` with `arguments`, raw bytes and all, as the C library wants them.
    private static func withArguments<Result>(
        _ arguments: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = arguments.map { argument in
            let bytes = RawText.bytes(of: argument).map { CChar(bitPattern: $0) } + [0]
            return bytes.withUnsafeBufferPointer { text in text.baseAddress.flatMap { strdup($0) } }
        }
        defer { copies.forEach { free($0) } }
        return body(copies + [nil])
    }
}
