import Glibc
import SFSCore

/// The person at the terminal, who can be asked.
enum Terminal {
    private static let path = "/dev/tty"

    /// Whether somebody is there to answer: standard input is a terminal.
    static var isThere: Bool { isatty(STDIN_FILENO) == 1 }

    /// Shows `question` and waits for a line; with `isSecret` the terminal does not show it.
    ///
    /// Asks at the terminal itself, whatever became of the standard streams.
    ///
    /// - Throws: `SFSError` with code `.noInput`.
    static func ask(_ question: String, isSecret: Bool = false) throws(SFSError) -> String {
        let descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else {
            throw SFSError(
                .noInput, "cannot open the terminal: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        guard isSecret else {
            show(question, descriptor)
            return try FirstLine.read(from: descriptor, name: path)
        }
        let usual = try hideTyping(descriptor)
        defer {
            restore(usual, descriptor)
            // The line break that was typed was not shown either.
            show("\n", descriptor)
        }
        show(question, descriptor)
        return try FirstLine.read(from: descriptor, name: path)
    }

    /// Runs `body` while keys come as they are pressed and are not shown.
    ///
    /// Ctrl-C stays what it is. Does nothing but `body` where standard input is no terminal.
    static func withKeys<Value>(_ body: () async throws -> Value) async throws -> Value {
        guard isThere else { return try await body() }
        let usual = try hideTyping(STDIN_FILENO, byLine: false)
        defer { restore(usual, STDIN_FILENO) }
        return try await body()
    }

    /// The key that is pressed within `time`, in `withKeys`; `nil` = none, or nobody can.
    ///
    /// - Throws: `CancellationError`.
    static func key(within time: Duration) async throws -> UInt8? {
        guard isThere else {
            try await Task.sleep(for: time)
            return nil
        }
        let deadline = ContinuousClock.now + time
        while .now < deadline {
            try Task.checkCancellation()
            var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            let cancellationCheckMilliseconds: CInt = 50
            guard poll(&input, 1, cancellationCheckMilliseconds) > 0 else {
                await Task.yield()
                continue
            }
            var byte: UInt8 = 0
            // The end of the input is a terminal that has gone: there will be no key.
            guard read(STDIN_FILENO, &byte, 1) == 1 else { throw CancellationError() }
            return byte
        }
        return nil
    }

    /// Has the terminal not show what is typed; how it was before.
    ///
    /// Without `byLine` each key comes at once.
    private static func hideTyping(
        _ descriptor: CInt, byLine: Bool = true
    ) throws(SFSError) -> termios {
        var usual = termios()
        guard tcgetattr(descriptor, &usual) == 0 else { throw failure() }
        var hidden = usual
        hidden.c_lflag &= ~tcflag_t(byLine ? ECHO : ECHO | ICANON)
        guard tcsetattr(descriptor, TCSAFLUSH, &hidden) == 0 else { throw failure() }
        return usual
    }

    private static func restore(_ usual: termios, _ descriptor: CInt) {
        var usual = usual
        // A terminal that is gone needs nothing restored.
        _ = tcsetattr(descriptor, TCSADRAIN, &usual)
    }

    private static func show(_ text: String, _ descriptor: CInt) {
        let bytes = Array(text.utf8)
        // A terminal that takes no question gives no answer either, which is an error then.
        _ = write(descriptor, bytes, bytes.count)
    }

    private static func failure() -> SFSError {
        SFSError(
            .noInput,
            "cannot keep the terminal from showing a password: "
                + String(cString: strerror(errno)))
    }
}
