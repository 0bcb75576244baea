import Glibc
import NIOCore
import SFSCore
import SFSFiles
import Synchronization
import SystemPackage

/// A file on its way out of the cluster, under a temporary name beside its own.
///
/// The temporary name is `.NAME.sfs-part`, always the same, so that a later run finds it. Two runs
/// cannot write to one file: the second is told. All calls block and belong on a `DiskQueue`.
final class PartialFile: DownloadSink {
    private struct State {
        let write: DurableWrite
        var hasher: ContentHasher
    }

    private let hash: ContentHash
    private let name: FilePath
    private let state: Mutex<State>

    /// Takes up or begins the file for `path`, which shall hold `hash`.
    ///
    /// - Throws: `SFSError` with code `.conflict` when another process writes it.
    init(for path: FilePath, holding hash: ContentHash) throws(SFSError) {
        guard let name = path.lastComponent else {
            throw SFSError(.usage, "'\(path)' is not a name for a file")
        }
        self.hash = hash
        self.name = FilePath(root: nil, [name])
        let folder = try Folder.open(path.removingLastComponent())
        let temporaryName = Self.temporaryName(for: name, hash)
        let write = try DurableWrite(resuming: temporaryName, in: folder, permissions: 0o666)
        let isStillThere = try folder.status(of: temporaryName)?.isSameFile(
            as: write.openFile.status())
        guard isStillThere ?? false else {
            // Another run renamed it between our opening and our lock: it is no longer ours.
            try write.keep()
            throw SFSError(.conflict, "'\(path)' was just written by another 'sfs get'")
        }
        state = Mutex(State(write: write, hasher: try ContentHasher(hash.algorithm)))
    }

    /// Drops what an earlier run left.
    func startAfresh() throws(SFSError) {
        let hash = hash
        try state.withLock { state throws(SFSError) in
            try state.write.cut(to: 0)
            state.hasher = try ContentHasher(hash.algorithm)
        }
    }

    /// Reads and hashes what an earlier run left, up to `size` bytes; how many bytes there are.
    func takeUp(size: Int64) throws -> Int64 {
        try state.withLock { state in
            let count = state.write.length
            guard count <= size else { return nil }
            try FileHash.feed(state.hasher, from: state.write.openFile, count: count)
            return count
        } ?? restart()
    }

    func append(_ bytes: ByteBuffer) throws {
        try state.withLock { state in
            try state.write.append(bytes)
            state.hasher.update(bytes)
        }
    }

    func isVerified() throws -> Bool {
        let hash = hash
        return try state.withLock { state in try state.hasher.finish() == hash }
    }

    /// Brings the file to the disk and gives it its name.
    func finish() throws(SFSError) {
        let name = name
        try state.withLock { state throws(SFSError) in
            try state.write.seal()
            try state.write.place(over: name)
        }
    }

    /// Leaves the bytes for a later run.
    func keep() throws(SFSError) {
        try state.withLock { state throws(SFSError) in try state.write.keep() }
    }

    /// Removes the bytes; does nothing after `finish()`.
    func discard() throws(SFSError) {
        try state.withLock { state throws(SFSError) in try state.write.discard() }
    }

    private func restart() throws(SFSError) -> Int64 {
        try startAfresh()
        return 0
    }

    /// `.NAME.sfs-part`, or with the hash where that would be longer than Linux allows.
    private static func temporaryName(
        for name: FilePath.Component, _ hash: ContentHash
    ) -> FilePath {
        let nameBytesMaximum = 255
        let prefix = Array(".".utf8CString.dropLast())
        let suffix = Array(".sfs-part".utf8CString)
        let middle = name.withPlatformString { text in
            Array(UnsafeBufferPointer(start: text, count: strlen(text)))
        }
        guard prefix.count + middle.count + suffix.count - 1 <= nameBytesMaximum else {
            return FilePath(".\(hash.hex).sfs-part")
        }
        return FilePath(platformString: prefix + middle + suffix)
    }
}
