package import SFSCore
package import SystemPackage

/// Hashing of files that are there already.
package enum FileHash {
    /// Bytes per read: large enough that the call costs nothing beside the hashing.
    private static let readSize = 1 << 20

    /// The hash and the number of bytes of the file at `path`.
    ///
    /// `progress` is called now and then with the number of bytes so far; it may throw to stop.
    package static func hash(
        _ path: FilePath, with algorithm: HashAlgorithm, progress: ((Int64) throws -> Void)? = nil
    ) throws -> (hash: ContentHash, size: Int64) {
        try hash(OpenFile.open(path), with: algorithm, progress: progress)
    }

    /// The hash and the number of bytes of `file`, from its start to its end or to `limit` bytes.
    ///
    /// Reads at offsets and leaves the file's position alone.
    package static func hash(
        _ file: OpenFile, with algorithm: HashAlgorithm, limit: Int64 = .max,
        progress: ((Int64) throws -> Void)? = nil
    ) throws -> (hash: ContentHash, size: Int64) {
        let hasher = try ContentHasher(algorithm)
        let size = try forEachPiece(of: file, limit: limit) { bytes, size in
            hasher.update(bytes)
            try progress?(size)
        }
        return (try hasher.finish(), size)
    }

    /// Adds the first `count` bytes of `file` to `hasher`, to go on with it from there.
    ///
    /// - Throws: `SFSError` with code `.io` when the file is shorter.
    package static func feed(
        _ hasher: ContentHasher, from file: OpenFile, count: Int64,
        progress: ((Int64) throws -> Void)? = nil
    ) throws {
        let size = try forEachPiece(of: file, limit: count) { bytes, size in
            hasher.update(bytes)
            try progress?(size)
        }
        guard size == count else {
            throw SFSError(.io, "'\(file.path)' became shorter while it was read")
        }
    }

    /// Calls `body` with the file's bytes, piece by piece, and the number of bytes up to there.
    package static func forEachPiece(
        of file: OpenFile, limit: Int64 = .max,
        _ body: (_ bytes: UnsafeRawBufferPointer, _ size: Int64) throws -> Void
    ) throws -> Int64 {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: readSize, alignment: 4096)
        defer { buffer.deallocate() }
        file.expectSequentialReading()
        var size: Int64 = 0
        while size < limit {
            let wanted = Int(min(Int64(readSize), limit - size))
            let count = try file.read(
                into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]), at: size)
            if count == 0 { break }
            size += Int64(count)
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]), size)
        }
        return size
    }
}
