import Glibc
import SFSCore

/// Folders and small files that the daemon makes for itself.
enum Folders {
    /// Makes the folder at the absolute `path` and those above it, as far as they are not there.
    ///
    /// They may be entered by everyone, since PostgreSQL has a user of its own; what is secret in
    /// them has its own permissions.
    static func make(_ path: String) throws(SFSError) {
        var prefix = ""
        for part in path.split(separator: "/") {
            prefix += "/" + part
            if mkdir(prefix, 0o755) == 0 {
                // Whatever the umask is.
                chmod(prefix, 0o755)
                continue
            }
            if errno == EEXIST { continue }
            // Above what is ours we may not be allowed to look, or the disk may be read-only.
            if errno == EROFS || errno == EACCES, access(prefix, F_OK) == 0 { continue }
            throw SFSError(
                .configuration, "cannot make the folder '\(prefix)': \(SystemErrorText.current)")
        }
        guard access(path, R_OK | W_OK | X_OK) == 0 else {
            throw SFSError(
                .configuration, "cannot use the folder '\(path)': \(SystemErrorText.current)")
        }
    }

    /// Puts `text` into the file at `path`, whole or not at all, readable by us only.
    static func writePrivate(_ text: String, to path: String) throws(SFSError) {
        let draft = "\(path).new"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        let bytes = Array(text.utf8)
        let isWritten = write(descriptor, bytes, bytes.count) == bytes.count
        close(descriptor)
        guard isWritten, rename(draft, path) == 0 else {
            let error = failure(path)
            unlink(draft)
            throw error
        }
    }

    private static func failure(_ path: String) -> SFSError {
        SFSError(.configuration, "cannot write '\(path)': \(SystemErrorText.current)")
    }
}
