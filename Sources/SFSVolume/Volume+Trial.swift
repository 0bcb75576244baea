import SFSCore
import SFSFiles
import SystemPackage

extension Volume {
    /// Bytes of a trial: enough to leave the caches of file systems that keep small files apart.
    private static let trialLength = 1 << 20

    /// Writes a file into the spool, brings it to the disk, reads it back from there and removes
    /// it.
    ///
    /// - Throws: `SFSError` with code `.io` when the disk fails or gives other bytes, `.noSpace`
    ///   when it is full, `.unavailable` when the volume is gone.
    package func tryDisk() throws {
        try checkPresence()
        // Other bytes each time: what an earlier trial left on the disk proves nothing.
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<Self.trialLength / 8).flatMap { _ in
            withUnsafeBytes(of: generator.next() as UInt64) { Array($0) }
        }
        let name = FilePath(UploadID.random().text)
        let file = try spool.createFile(name, permissions: 0o600)
        // The last resort: what is left is swept like any spool file.
        defer { _ = try? spool.unlink(name) }
        try bytes.withUnsafeBytes { try file.write($0, at: 0) }
        try file.synchronize()
        try spool.synchronize()
        file.dropCache()
        guard try isEqual(file, bytes) else {
            throw SFSError(.io, "the disk of volume '\(path)' gave other bytes than were written")
        }
        _ = try spool.unlink(name)
        try spool.synchronize()
    }

    private func isEqual(_ file: OpenFile, _ bytes: [UInt8]) throws -> Bool {
        var found = [UInt8](repeating: 0, count: bytes.count)
        let count = try found.withUnsafeMutableBytes { try file.read(into: $0, at: 0) }
        return count == bytes.count && found == bytes
    }
}
