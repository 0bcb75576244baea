import Foundation
import Glibc

/// One program as it is to be started: what it is called with and where its streams lead.
struct Launch {
    /// A path, or a name to be looked up in `PATH`.
    var program: String
    var arguments: [[UInt8]]
    /// Added to the environment of this process, from which all `SFS_…` variables are taken away.
    var environment: [String: String] = [:]
    /// Working folder; `nil` = ours.
    var folder: String?
    /// What becomes streams 0, 1 and 2.
    var streams: [Descriptor]

    /// Starts it and returns its process id.
    ///
    /// It has no blocked and no ignored signal. All descriptors of ours close by themselves.
    func start() throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (number, descriptor) in streams.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, descriptor.number, Int32(number))
        }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        var words = [Array(program.utf8)] + arguments
        if let folder { words = ["env", "--chdir=\(folder)"].map { Array($0.utf8) } + words }
        let strings = CStringArray(words)
        let variables = CStringArray(merged().map { Array("\($0.key)=\($0.value)".utf8) })
        var process = pid_t()
        let failure = posix_spawnp(
            &process, folder == nil ? program : "env", &actions, &attributes, strings.pointers,
            variables.pointers)
        guard failure == 0 else {
            throw FixtureError("cannot start '\(program)': \(systemErrorText(failure))")
        }
        return process
    }

    private func merged() -> [String: String] {
        ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("SFS_") }
            .merging(environment) { $1 }
    }
}

/// Strings as execve(2) wants them, kept as long as this object.
private final class CStringArray {
    private(set) var pointers: [UnsafeMutablePointer<CChar>?]

    init(_ texts: [[UInt8]]) {
        pointers = texts.map { text in strdup(text.map { CChar(bitPattern: $0) } + [0]) } + [nil]
    }

    deinit {
        for pointer in pointers { free(pointer) }
    }
}
