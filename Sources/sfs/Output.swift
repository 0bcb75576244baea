import Glibc
import SFSClient
import SFSCore
import SFSWire

/// Everything that the program prints: results on standard output, all else on standard error.
struct Output: Sendable {
    /// Results and errors as JSON, one object per line.
    var isJSON = false
    /// No progress.
    var isQuiet = false

    /// Prints one line of a result.
    ///
    /// - Throws: `ReaderGone`; `SFSError` with code `.io` or `.noSpace`.
    func line(_ bytes: [UInt8]) throws {
        try Self.write(bytes + [UInt8(ascii: "\n")])
    }

    /// Prints one line of a result.
    func line(_ text: String) throws {
        try line(Array(text.utf8))
    }

    /// Prints one object as a line.
    func json(_ value: some Encodable) throws {
        try line(try JSON.encode(value))
    }

    /// Shows `lines` in place of all that is on the terminal; for a terminal on standard output.
    ///
    /// - Throws: as `line`.
    func screen(_ lines: [String]) throws {
        let toStart = "\u{1B}[H"
        let clearLine = "\u{1B}[K"
        let clearBelow = "\u{1B}[J"
        let text = lines.map { $0 + clearLine + "\n" }.joined()
        try Self.write(Array((toStart + text + clearBelow).utf8))
    }

    /// Shows something that is neither result nor error.
    func note(_ text: String) {
        Self.writeError("sfs: \(Printable.line(text))\n")
    }

    /// Shows an error.
    func fail(_ error: SFSError) {
        guard isJSON else { return note(error.message) }
        do {
            let bytes = try JSON.encode(ErrorMessage(error))
            Self.writeError(String(decoding: bytes, as: UTF8.self) + "\n")
        } catch {
            note(error.message)
        }
    }

    /// Shows help that was not asked for.
    func explain(_ text: String) {
        Self.writeError(text + "\n")
    }

    /// Shows the state of long work: in place on a terminal, as a line elsewhere.
    func progress(_ text: String) {
        Self.writeError(Self.isTerminal ? "\r\u{1B}[K\(Printable.line(text))" : "sfs: \(text)\n")
    }

    /// Takes away what `progress` showed on a terminal.
    func clearProgress() {
        if Self.isTerminal { Self.writeError("\r\u{1B}[K") }
    }

    /// Whether a person looks at standard error.
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Whether a person looks at standard output.
    static var isResultTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    private static func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { bytes in
                Glibc.write(STDOUT_FILENO, bytes.baseAddress, bytes.count)
            }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EPIPE {
                throw ReaderGone()
            } else if errno != EINTR {
                let code: ErrorCode = errno == ENOSPC ? .noSpace : .io
                throw SFSError(
                    code, "cannot write the output: \(String(cString: strerror(errno)))")
            }
        }
    }

    private static func writeError(_ text: String) {
        let bytes = Array(text.utf8)
        // Where errors cannot be shown there is nobody to tell; the exit status remains.
        _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
    }
}
