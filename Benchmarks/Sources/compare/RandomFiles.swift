import FoundationEssentials
import Glibc
import ProcessFixture

/// Files of bytes that no two have in common and that nothing compresses.
enum RandomFiles {
    /// Makes `count` files of `size` bytes in `folder`, named by their numbers.
    static func make(_ count: Int, of size: Int, in folder: String) throws {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        // A block of its own for every call, with the number of its place mixed in.
        var generator = SystemRandomNumberGenerator()
        let words = (0..<(1 << 13)).map { _ in generator.next() }
        for number in 0..<count {
            try Task.checkCancellation()
            try write(words, number, size, to: "\(folder)/\(number).bin")
        }
    }

    private static func write(
        _ words: [UInt64], _ number: Int, _ size: Int, to path: String
    ) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FixtureError("cannot make '\(path)'") }
        defer { close(descriptor) }
        var written = 0
        while written < size {
            let mask = UInt64(number) << 32 ^ UInt64(written)
            let block = words.map { $0 ^ mask }
            let count = block.withUnsafeBytes { bytes in
                Glibc.write(descriptor, bytes.baseAddress, min(bytes.count, size - written))
            }
            guard count > 0 else { throw FixtureError("cannot write '\(path)'") }
            written += count
        }
    }

    /// Makes the first bytes of the file at `path` others than they ever were; returns `path`.
    static func stamp(_ path: String) throws -> String {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FixtureError("cannot open '\(path)'") }
        defer { close(descriptor) }
        var stamp = UInt64.random(in: 0...UInt64.max)
        guard pwrite(descriptor, &stamp, MemoryLayout<UInt64>.size, 0) > 0 else {
            throw FixtureError("cannot write '\(path)'")
        }
        return path
    }
}
