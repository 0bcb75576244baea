import Glibc
import SFSCore

/// Files of a few lines, read and written whole.
enum SmallFile {
    private static let sizeMaximum = 65_536

    /// The first 64 KiB of the file at `path`; `nil` when it cannot be read.
    static func read(_ path: String) -> String? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: sizeMaximum)
        let count = unsafe Glibc.read(descriptor, &bytes, bytes.count)
        return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    /// Adds `text` to the file at `path`, which is there already.
    ///
    /// - Throws: `SFSError` with code `.io`.
    static func append(_ text: String, to path: String) throws(SFSError) {
        let descriptor = unsafe open(path, O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        let bytes = Array(text.utf8)
        guard descriptor >= 0, unsafe write(descriptor, bytes, bytes.count) == bytes.count,
            fsync(descriptor) == 0
        else { throw SFSError(.io, "cannot write '\(path)'") }
    }

    /// Makes the names in the folder at `path` durable.
    ///
    /// - Throws: `SFSError` with code `.io`.
    static func synchronizeFolder(_ path: String) throws(SFSError) {
        let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        guard descriptor >= 0, fsync(descriptor) == 0 else {
            throw SFSError(.io, "cannot synchronize '\(path)'")
        }
    }

    /// What the error `number` means.
    static func reason(_ number: Int32) -> String {
        var text = [CChar](repeating: 0, count: 256)
        guard unsafe strerror_r(number, &text, text.count) == 0 else { return "error \(number)" }
        let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
