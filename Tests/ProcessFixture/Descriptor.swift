import Foundation
import Glibc

/// A file descriptor that is closed with its last user.
final class Descriptor: Sendable {
    let number: Int32

    private init(_ number: Int32) {
        self.number = number
    }

    deinit {
        close(number)
    }

    /// Opens `path`; a file that is made is readable for all.
    static func open(_ path: String, _ flags: Int32) throws -> Descriptor {
        let number = Glibc.open(path, flags | O_CLOEXEC, 0o644)
        guard number >= 0 else {
            throw FixtureError("cannot open '\(path)': \(systemErrorText())")
        }
        return Descriptor(number)
    }

    /// A file without a name, with `bytes` in it and the position at its start.
    static func anonymous(_ bytes: [UInt8] = []) throws -> Descriptor {
        let path = "/tmp/sfs-stream.\(UUID().uuidString)"
        let file = try open(path, O_RDWR | O_CREAT | O_EXCL)
        unlink(path)
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(file.number, $0.baseAddress, $0.count) }
            guard count > 0 else {
                throw FixtureError("cannot write a temporary file: \(systemErrorText())")
            }
            rest = rest.dropFirst(count)
        }
        lseek(file.number, 0, SEEK_SET)
        return file
    }

    /// All bytes of the file.
    func contents() -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = pread(number, &chunk, chunk.count, off_t(bytes.count))
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
        }
    }
}
