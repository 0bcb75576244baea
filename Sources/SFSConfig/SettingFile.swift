import Glibc
import SFSCore

/// A small file that is read whole: the configuration itself and what it points to.
enum SettingFile {
    /// The bytes of the regular file at `path`, after `check` accepted what fstat(2) says of it.
    ///
    /// - Throws: `SFSError` with code `.configuration`.
    static func read(
        _ path: String, sizeMaximum: Int, check: (stat) throws(SFSError) -> Void = { _ in }
    ) throws(SFSError) -> [UInt8] {
        // Not to wait for a writer, should the path be a pipe.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure("cannot open '\(path)'") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure("cannot read '\(path)'") }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw SFSError(.configuration, "'\(path)' is not a regular file")
        }
        try check(status)
        guard status.st_size <= sizeMaximum else {
            throw SFSError(
                .configuration,
                "'\(path)' is larger than \(ByteCount(Int64(sizeMaximum)))")
        }
        return try readAll(descriptor, path, sizeMaximum: sizeMaximum)
    }

    private static func readAll(
        _ descriptor: Int32, _ path: String, sizeMaximum: Int
    ) throws(SFSError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        // The limit again: the file may grow meanwhile.
        while bytes.count <= sizeMaximum {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { break }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("cannot read '\(path)'") }
            bytes += chunk[..<count]
        }
        return bytes
    }

    private static func failure(_ what: String) -> SFSError {
        SFSError(.configuration, "\(what): \(String(cString: strerror(errno)))")
    }
}
