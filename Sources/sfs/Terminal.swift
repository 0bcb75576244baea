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

    /// Has the terminal not show what is typed; how it was before.
    private static func hideTyping(_ descriptor: CInt) throws(SFSError) -> termios {
        var usual = termios()
        guard tcgetattr(descriptor, &usual) == 0 else { throw failure() }
        var hidden = usual
        hidden.c_lflag &= ~tcflag_t(ECHO)
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
