package import NIOCore
package import SFSCore
package import SystemPackage

/// A new file that gets its name only once all of it is on the disk.
///
/// In order: `append` until all is written, `seal`, then `place`. A crash before the end leaves a
/// file under the temporary name or nothing, never a part of the file under its name. Whatever throws
/// ends the write; what was written is then removed by `discard()`, at the latest when this object
/// goes away. Used by one thread at a time.
package final class DurableWrite {
    private enum Stage { case writing, sealed, failed, ended }

    /// How much is written before the kernel is told to begin with the disk: often enough that
    /// `seal()` of a large file has little left to wait for.
    private static let writingStep: Int64 = 8 << 20
    /// Less than this is left to `seal()`: one write more would cost more than it saves.
    private static let writingMinimum: Int64 = 128 << 10

    /// Number of bytes so far.
    package private(set) var length: Int64
    private let folder: Folder
    private let name: FilePath
    private let file: OpenFile
    private var writingStarted: Int64
    private var stage = Stage.writing

    /// Makes the file `name` in `folder`, open to nobody else, and reserves `expectedLength` bytes.
    ///
    /// - Throws: `SFSError` with code `.conflict` when the name is taken, `.noSpace`; nothing is left
    ///   then.
    package init(
        in folder: Folder, named name: FilePath, expectedLength: Int64? = nil,
        permissions: UInt32 = 0o600
    ) throws(SFSError) {
        self.folder = folder
        self.name = name
        file = try folder.createFile(name, permissions: permissions)
        length = 0
        writingStarted = 0
        if let expectedLength, expectedLength > 0 { try file.reserve(expectedLength) }
    }

    /// Goes on with the file `name` in `folder` where an earlier write was kept, or begins it.
    ///
    /// The bytes that are there are not to be trusted: read `file` first, and `cut(to:)` when
    /// they are wrong.
    ///
    /// - Throws: `SFSError` with code `.conflict` when another process is at it.
    package init(
        resuming name: FilePath, in folder: Folder, permissions: UInt32 = 0o600
    ) throws(SFSError) {
        self.folder = folder
        self.name = name
        let file = try folder.openOrCreateFile(name, permissions: permissions)
        try file.lock()
        let status = try file.status()
        guard status.kind == .file else {
            throw SFSError(.conflict, "'\(file.path)' is not a regular file")
        }
        self.file = file
        length = status.size
        writingStarted = status.size
    }

    deinit {
        guard stage != .ended else { return }
        // The last resort, for callers that went away; those who must know call `discard()`.
        try? discard()
    }

    /// The file itself, to read back what was written; open until `seal()`.
    package var openFile: OpenFile { file }

    /// Adds the readable bytes of `buffer`.
    package func append(_ buffer: ByteBuffer) throws(SFSError) {
        var failure: SFSError?
        buffer.withUnsafeReadableBytes { bytes in
            do throws(SFSError) { try append(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// Adds `bytes`.
    package func append(_ bytes: UnsafeRawBufferPointer) throws(SFSError) {
        try advance(from: .writing, to: .writing) { () throws(SFSError) in
            try file.write(bytes, at: length)
        }
        length += Int64(bytes.count)
        if length - writingStarted >= Self.writingStep { startWriting() }
    }

    /// Tells the kernel to begin to bring what was written to the disk, where that is much.
    package func startWriting() {
        guard length - writingStarted >= Self.writingMinimum else { return }
        file.startWriting(at: writingStarted, count: length - writingStarted)
        writingStarted = length
    }

    /// Drops everything after the first `newLength` bytes.
    package func cut(to newLength: Int64) throws(SFSError) {
        try advance(from: .writing, to: .writing) { () throws(SFSError) in
            try file.truncate(to: newLength)
        }
        length = newLength
        writingStarted = min(writingStarted, newLength)
    }

    /// Gives the file an extended attribute; may be tried again with another value.
    package func setAttribute(_ name: String, _ value: [UInt8]) throws(SFSError) {
        precondition(stage == .writing, "attributes are set before the file is sealed")
        try file.setAttribute(name, value)
    }

    /// Sets the permissions, brings bytes and attributes to the disk, and closes the file.
    package func seal(permissions: UInt32? = nil) throws(SFSError) {
        try advance(from: .writing, to: .sealed) { () throws(SFSError) in
            if let permissions { try file.setPermissions(permissions) }
            try file.synchronize()
            try file.close()
        }
    }

    /// The same after all of the file system was brought to the disk, permissions included; see
    /// `SharedSync`.
    func sealSynchronized() throws(SFSError) {
        try advance(from: .writing, to: .sealed) { () throws(SFSError) in
            try file.checkWritten()
            try file.close()
        }
    }

    /// Gives the sealed file its name in `target`, durably; `false` when the name is taken, after
    /// which it may be tried again.
    ///
    /// The folders above `target` must be durable already.
    package func place(into target: Folder, as newName: FilePath) throws(SFSError) -> Bool {
        guard try name(in: target, as: newName) else { return false }
        // The folder too: a name survives a crash only once its folder is on the disk.
        try target.synchronize()
        return true
    }

    /// The same without waiting for the disk: the name lasts once `target` was synchronised, and
    /// nobody may be told of it before.
    package func name(in target: Folder, as newName: FilePath) throws(SFSError) -> Bool {
        precondition(stage == .sealed, "a file gets its name after it is sealed")
        guard try folder.rename(name, into: target, as: newName) else { return false }
        stage = .ended
        return true
    }

    /// Gives the sealed file the name `newName` in its own folder, durably, in place of whatever has
    /// that name now.
    package func place(over newName: FilePath) throws(SFSError) {
        precondition(stage == .sealed, "a file gets its name after it is sealed")
        try folder.rename(name, over: newName)
        stage = .ended
        try folder.synchronize()
    }

    /// Does one step; when it throws, no other step is possible but to discard.
    private func advance(
        from stage: Stage, to next: Stage, _ step: () throws(SFSError) -> Void
    ) throws(SFSError) {
        precondition(self.stage == stage, "write, seal, place: in this order, none after a failure")
        self.stage = .failed
        try step()
        self.stage = next
    }

    /// Leaves what was written under its temporary name, for `init(resuming:in:permissions:)`.
    package func keep() throws(SFSError) {
        guard stage != .ended else { return }
        stage = .ended
        try file.close()
    }

    /// Removes what was written; does nothing once the file has its name.
    package func discard() throws(SFSError) {
        guard stage != .ended else { return }
        stage = .ended
        try folder.unlink(name)
        // Nobody needs the bytes, so an error in writing them does not matter: `deinit` closes.
    }
}
