package import SFSCore
package import SFSFiles
import Synchronization

/// The file of one content, open for reading; stays readable when its name is taken away.
package final class OpenReplica: Sendable {
    /// Its name.
    package let hash: ContentHash
    /// Bytes of the file.
    package let size: Int64
    /// What is kept beside the bytes; `nil` when the file has lost its extended attributes.
    package let attributes: ContentAttributes?
    /// The file; bytes that are read from it directly are not checked.
    package let file: OpenFile
    let status: FileStatus
    private let knownSums: Mutex<BlockSums?>

    /// - Throws: `SFSError` with code `.corrupt` when the file is longer or shorter than it was.
    init(_ hash: ContentHash, _ file: OpenFile) throws(SFSError) {
        status = try file.status()
        guard status.kind == .file else {
            throw SFSError(.corrupt, "replica '\(hash)' is not a regular file")
        }
        let sums = try file.blockSums()
        if let sums, sums.length != status.size {
            throw SFSError(
                .corrupt,
                "replica '\(hash)' is damaged: it has \(status.size) bytes instead of "
                    + "\(sums.length)")
        }
        self.hash = hash
        self.file = file
        size = status.size
        attributes = try file.contentAttributes()
        knownSums = Mutex(sums)
    }

    /// Number by which the file system knows the file.
    package var inode: UInt64 { status.inode }

    /// Bytes of the blocks that are checked as a whole.
    package var blockSize: Int64 { get throws { try blockSums().blockSize } }

    /// A reader of the bytes at `offsets`, `nil` for all, that checks each before it hands it on.
    ///
    /// - Throws: `SFSError` with code `.rangeNotSatisfiable` when `offsets` goes beyond the end.
    package func reader(_ offsets: Range<Int64>? = nil) throws(SFSError) -> ReplicaReader {
        let offsets = offsets ?? 0..<size
        guard offsets.lowerBound >= 0, offsets.upperBound <= size else {
            throw SFSError(
                .rangeNotSatisfiable,
                "bytes \(offsets.lowerBound)-\(offsets.upperBound - 1) are "
                    + "beyond the end of '\(hash)' (\(size) bytes)")
        }
        return ReplicaReader(self, offsets)
    }

    /// Checks the blocks in which the bytes at `offsets` lie, for a caller that then sends them
    /// from the kernel's cache.
    ///
    /// - Throws: `SFSError` with code `.corrupt` when one does not match its sum.
    package func check(_ offsets: Range<Int64>) throws {
        let sums = try blockSums()
        guard !offsets.isEmpty else { return }
        let last = (offsets.upperBound - 1) / sums.blockSize
        for index in Int(offsets.lowerBound / sums.blockSize)...Int(last) {
            _ = try BlockCheck(of: index, in: self, sums)
        }
    }

    /// Reads the whole file from the disk, past the kernel's cache, and notes in its attributes
    /// that it matched at `time`.
    ///
    /// - Throws: `SFSError` with code `.corrupt` when the bytes are not the content of that name.
    package func verify(at time: Timestamp) throws {
        file.dropCache()
        try compareAll(at: time)
    }

    /// Reads the whole file, and notes in its attributes that it matched at `time`; also the sums
    /// of its blocks when it has lost them.
    ///
    /// `pace` is called after each piece with its length.
    func compareAll(at time: Timestamp, pace: ((Int) throws -> Void)? = nil) throws {
        let sums = try hashAll(pace)
        let isNew = knownSums.withLock { known in
            defer { known = sums }
            return known == nil
        }
        // Losing a note only means that the file is read again sooner.
        if isNew { _ = try? write(sums) }
        try? file.setAttribute(
            ReplicaAttributes.verifiedName, ReplicaAttributes.encode(verified: time))
    }

    /// When all bytes last matched, as its attributes say; `nil` when they do not.
    package func verifiedTime() throws(SFSError) -> Timestamp? {
        try file.attribute(ReplicaAttributes.verifiedName)
            .flatMap(ReplicaAttributes.decode(verified:))
    }

    /// The sums by which any part can be checked; made anew, after all bytes were checked against
    /// the name, when the file has lost them.
    func blockSums() throws -> BlockSums {
        try knownSums.withLock { known in
            if let known { return known }
            let sums = try hashAll()
            known = sums
            // Without it they are made anew at the next opening; a full disk should not stop reads.
            _ = try? write(sums)
            return sums
        }
    }

    private func write(_ sums: BlockSums) throws(SFSError) {
        try setBlockSums(sums) { name, value throws(SFSError) in
            try file.setAttribute(name, value)
        }
    }

    /// Compares all bytes with the name; the sums of their blocks.
    private func hashAll(_ pace: ((Int) throws -> Void)? = nil) throws -> BlockSums {
        let hasher = try ContentHasher(hash.algorithm)
        var builder = BlockSumBuilder()
        _ = try FileHash.forEachPiece(of: file) { bytes, _ in
            hasher.update(bytes)
            builder.append(bytes)
            try pace?(bytes.count)
        }
        let found = try hasher.finish()
        guard found == hash else {
            throw SFSError(.corrupt, "replica '\(hash)' is damaged: its bytes are '\(found)'")
        }
        return builder.finish()
    }
}
