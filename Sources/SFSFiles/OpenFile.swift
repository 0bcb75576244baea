import CLinux
import Glibc
package import SFSCore
import Synchronization
package import SystemPackage

/// An open file; closed with `close()`, or when nobody holds it any more.
///
/// Every operation is one or a few system calls on the calling thread, and throws `SFSError` with the
/// codes of `SFSError.init(_:errno:)` that names the file by `path`.
package final class OpenFile: Sendable {
    /// The path under which it was opened; for messages only.
    package var path: FilePath { folder?.pushing(relativePath) ?? relativePath }
    // Put together only when asked, since files are opened for every request.
    private let folder: FilePath?
    private let relativePath: FilePath
    private let descriptor: Atomic<CInt>
    private let isLocked = Atomic(false)

    /// Takes over `descriptor`, of the file at `path` in `folder` if that is given.
    init(descriptor: CInt, path: FilePath, in folder: FilePath? = nil) {
        self.descriptor = Atomic(descriptor)
        self.folder = folder
        relativePath = path
    }

    deinit {
        // Nothing to tell anyone: who needs to know whether closing worked calls `close()`.
        _ = closeDescriptor()
    }

    /// Opens an existing file for reading, wherever `path` leads.
    package static func open(_ path: FilePath) throws(SFSError) -> OpenFile {
        try OpenFile(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    }

    private convenience init(_ path: FilePath, _ flags: CInt) throws(SFSError) {
        do {
            let number = try callAgain { path.withPlatformString { Glibc.open($0, flags) } }
            self.init(descriptor: number, path: path)
        } catch {
            throw SFSError("cannot open '\(path)'", errno: error)
        }
    }

    /// Closes the file, after which operations fail; does nothing the second time.
    ///
    /// - Throws: when the kernel reports a write that failed; the descriptor is gone even so.
    package func close() throws(SFSError) {
        guard closeDescriptor() != 0 else { return }
        throw SFSError("cannot close '\(path)'", errno: .last)
    }

    private func closeDescriptor() -> CInt {
        let number = descriptor.exchange(-1, ordering: .acquiringAndReleasing)
        guard number >= 0 else { return 0 }
        if isLocked.load(ordering: .acquiring) { sfs_unlock(number) }
        return Glibc.close(number)
    }

    /// The descriptor, to be used only while this object is held.
    package var number: CInt { descriptor.load(ordering: .acquiring) }

    /// A descriptor of its own for the same open file; the caller closes it.
    package func duplicateDescriptor() throws(SFSError) -> CInt {
        try attempt("open") { fcntl(number, F_DUPFD_CLOEXEC, 0) }
    }

    /// What the kernel knows of the file now.
    package func status() throws(SFSError) -> FileStatus {
        var status = sfs_file_status()
        try attempt("look at") { sfs_look_at(number, "", &status) }
        return FileStatus(status)
    }

    /// Reads at `offset` until `buffer` is full or the file ends; the number of bytes.
    package func read(
        into buffer: UnsafeMutableRawBufferPointer, at offset: Int64
    ) throws(SFSError) -> Int {
        var filled = 0
        while filled < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
            let count = try attempt("read") {
                pread(number, rest.baseAddress, rest.count, off_t(offset) + off_t(filled))
            }
            if count == 0 { break }
            filled += count
        }
        return filled
    }

    /// Bytes per write.
    ///
    /// The kernel caches what one call writes in pieces of memory as large as that, and large ones
    /// are seldom at hand: in a virtual machine that gives free memory back, a mebibyte at a time
    /// took up to nine times the processor time.
    private static let writeSize = 256 << 10

    /// Writes all of `bytes` at `offset`.
    package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(SFSError) {
        var written = 0
        while written < bytes.count {
            let end = min(bytes.count, written + Self.writeSize)
            let rest = UnsafeRawBufferPointer(rebasing: bytes[written..<end])
            let count = try attempt("write") {
                pwrite(number, rest.baseAddress, rest.count, off_t(offset) + off_t(written))
            }
            // The kernel gives no reason for writing nothing; without this it would be tried for ever.
            guard count > 0 else { throw SFSError("cannot write '\(path)'", errno: .ioError) }
            written += count
        }
    }

    /// Makes bytes, size and attributes durable.
    ///
    /// After a failure the kernel may have dropped what it could not write, and a second call would
    /// say that all is well: the file must be given up, never synchronised again.
    package func synchronize() throws(SFSError) {
        guard fsync(number) == 0 else {
            throw SFSError("cannot bring '\(path)' to the disk", errno: .last)
        }
    }

    /// Reserves room for `length` bytes; does nothing where the file system cannot.
    package func reserve(_ length: Int64) throws(SFSError) {
        do {
            _ = try callAgain { sfs_reserve(number, length) }
        } catch {
            let isUnknown = error == .notSupported || error == .noFunction
            guard isUnknown else {
                throw SFSError("cannot make room for '\(path)'", errno: error)
            }
        }
    }

    /// Lets the kernel begin to write `count` bytes at `offset` to the disk.
    ///
    /// Promises nothing; a later `synchronize()` has less to wait for.
    package func startWriting(at offset: Int64, count: Int64) {
        // Only a hint: what fails here fails again in `synchronize()`, where it counts.
        _ = sfs_start_writing(number, offset, count)
    }

    /// Checks, after all of the file system was synchronised, that none of this file's bytes failed
    /// on the way; costs no look at the disk.
    ///
    /// Kernels before 5.8 do not tell it when they synchronise a file system.
    func checkWritten() throws(SFSError) {
        guard sfs_wait_written(number) == 0 else {
            throw SFSError("cannot bring '\(path)' to the disk", errno: .last)
        }
    }

    /// Forgets what the kernel has cached of the file, where nobody holds it otherwise, so that the
    /// next read comes from the disk.
    package func dropCache() {
        // Only clean pages are dropped; a file system that refuses is read from its cache.
        _ = sfs_drop_cache(number)
    }

    /// Tells the kernel that the file will be read from its start to its end, so that it reads
    /// further ahead.
    package func expectSequentialReading() {
        // Only a hint: without it the same bytes come, perhaps later.
        _ = sfs_expect_sequential(number)
    }

    /// Sets the permission bits.
    package func setPermissions(_ permissions: UInt32) throws(SFSError) {
        try attempt("set the permissions of") { fchmod(number, permissions) }
    }

    /// Cuts the file, or makes it longer with zeros.
    package func truncate(to length: Int64) throws(SFSError) {
        try attempt("cut") { ftruncate(number, off_t(length)) }
    }

    /// Takes the file's lock, which ends when the file is closed.
    ///
    /// - Throws: `SFSError` with code `.conflict` when somebody else has it.
    package func lock() throws(SFSError) {
        do {
            _ = try callAgain { sfs_lock(number) }
            isLocked.store(true, ordering: .releasing)
        } catch {
            guard error == .wouldBlock else {
                throw SFSError("cannot lock '\(path)'", errno: error)
            }
            throw SFSError(.conflict, "cannot lock '\(path)': it is in use", cause: error)
        }
    }

    @discardableResult
    private func attempt<Result: SignedInteger>(
        _ what: String, _ call: () -> Result
    ) throws(SFSError) -> Result {
        do {
            return try callAgain(call)
        } catch {
            throw SFSError("cannot \(what) '\(path)'", errno: error)
        }
    }
}
