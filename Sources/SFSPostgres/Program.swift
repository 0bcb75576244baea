import CLinux
import Glibc
import SFSCore

/// A program of PostgreSQL's to run, as whom and where.
struct Program: Sendable {
    /// Absolute.
    var path: String
    var arguments: [String]
    /// An absolute path; the program starts there.
    var folder: String
    /// `nil` = the user that this process runs as.
    var user: UnixUser?
    /// Sent to it when the thread that started it ends; 0 = none.
    var deathSignal: Int32 = 0

    /// Why it did not start.
    enum StartFailure: Error {
        /// It may not be in `folder`.
        case folder(errno: Int32)
        case other(errno: Int32)
    }

    /// Starts it with `output` as standard output and error, and returns its process id.
    func start(output: Int32) throws(StartFailure) -> pid_t {
        var stage = SFS_STAGE_FORK
        // Its own folder comes first, so that it finds programs of its own version.
        let bin = path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex)
        let environment = ["PATH=\(bin):/usr/bin:/bin", "LC_ALL=C", "TZ=UTC"]
        let process = unsafe withCStrings([path] + arguments) { arguments in
            unsafe withCStrings(environment) { environment in
                unsafe withCStrings([path, folder, user?.name ?? ""]) { texts in
                    var program = unsafe sfs_program()
                    unsafe program.path = unsafe UnsafePointer(texts[0])
                    unsafe program.arguments = unsafe UnsafePointer(arguments)
                    unsafe program.environment = unsafe UnsafePointer(environment)
                    unsafe program.folder = unsafe UnsafePointer(texts[1])
                    unsafe program.output = output
                    unsafe program.death_signal = deathSignal
                    if let user {
                        unsafe program.user_name = unsafe UnsafePointer(texts[2])
                        unsafe program.user = user.id
                        unsafe program.group = user.group
                    }
                    return unsafe sfs_spawn(&program, &stage)
                }
            }
        }
        guard process < 0 else { return process }
        guard stage == SFS_STAGE_FOLDER else { throw .other(errno: -process) }
        throw .folder(errno: -process)
    }

    /// Runs it to its end, which blocks the thread; returns its exit status (128 + the signal
    /// that ended it) and the first 64 KiB of what it wrote.
    func run() throws(StartFailure) -> (status: Int32, output: String) {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { throw .other(errno: errno) }
        defer { close(ends[0]) }
        _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
        let process: pid_t
        do {
            defer { close(ends[1]) }
            process = try start(output: ends[1])
        }
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = unsafe read(ends[0], &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            if output.count < 65_536 { output += chunk.prefix(count) }
        }
        return (Self.wait(for: process), String(decoding: output, as: UTF8.self))
    }

    /// Waits for the end of a child, which blocks the thread, and returns its exit status.
    static func wait(for process: pid_t) -> Int32 {
        var status: Int32 = 0
        while unsafe waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { return -1 }
        }
        // As WIFEXITED and WEXITSTATUS have it, macros that Swift does not see.
        return status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
    }
}
