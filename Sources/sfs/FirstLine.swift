import Glibc
import SFSCore

/// The first line of a file, of standard input or of a terminal, for secrets and answers.
enum FirstLine {
    /// No token and no password is longer; what is longer is the wrong file.
    static let bytesMaximum = 4096

    /// The first line of the file at `path`, without its end.
    ///
    /// - Throws: `SFSError` with code `.noInput`.
    static func ofFile(_ path: String) throws(SFSError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw SFSError(.noInput, "cannot open '\(path)': \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        return try read(from: descriptor, name: path)
    }

    /// The next line of `descriptor`, without its end; nothing behind it is read.
    ///
    /// Waits for it, or for the end of the task, which counts as the end of the input. `name` is
    /// for messages.
    ///
    /// - Throws: `SFSError` with code `.noInput`, also when the line is too long or not UTF-8.
    static func read(from descriptor: CInt, name: String) throws(SFSError) -> String {
        var line: [UInt8] = []
        while let byte = try nextByte(of: descriptor, name), byte != UInt8(ascii: "\n") {
            line.append(byte)
            guard line.count <= bytesMaximum else {
                throw SFSError(.noInput, "the first line of '\(name)' is too long")
            }
        }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        guard let text = String(validating: line, as: UTF8.self) else {
            throw SFSError(.noInput, "the first line of '\(name)' is not UTF-8")
        }
        return text
    }

    private static func nextByte(
        of descriptor: CInt, _ name: String
    ) throws(SFSError) -> UInt8? {
        var input = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let cancellationCheckMilliseconds: CInt = 100
        while poll(&input, 1, cancellationCheckMilliseconds) == 0 {
            guard !Task.isCancelled else { return nil }
        }
        var byte: UInt8 = 0
        while true {
            let count = Glibc.read(descriptor, &byte, 1)
            if count >= 0 { return count == 0 ? nil : byte }
            guard errno == EINTR else {
                throw SFSError(
                    .noInput, "cannot read '\(name)': \(String(cString: strerror(errno)))")
            }
        }
    }
}
