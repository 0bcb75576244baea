import Glibc
import SFSCore
import SystemPackage

/// An open file that a list is read from; closed when nobody holds it any more.
final class InputFile: Sendable {
    let descriptor: CInt
    private let isOurs: Bool

    private init(_ descriptor: CInt, isOurs: Bool) {
        self.descriptor = descriptor
        self.isOurs = isOurs
    }

    /// Opens the file at `path`.
    ///
    /// - Throws: `SFSError` with code `.noInput`.
    convenience init(_ path: FilePath) throws(SFSError) {
        let descriptor = path.withPlatformString { open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else {
            throw SFSError(.noInput, "cannot open '\(path)': \(String(cString: strerror(errno)))")
        }
        self.init(descriptor, isOurs: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
            // Reading it would look like an empty list.
            throw SFSError(.noInput, "'\(path)' is a folder")
        }
    }

    /// Standard input, which stays open.
    static func standardInput() -> InputFile { InputFile(STDIN_FILENO, isOurs: false) }

    deinit {
        if isOurs { close(descriptor) }
    }
}
