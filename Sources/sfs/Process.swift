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
        guard failure == 0 else { return false }
        var status: CInt = 0
        while waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { return false }
        }
        return status == 0
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
