import CLinux
import Glibc
package import SFSCore
import Synchronization
package import SystemPackage

/// An open folder, and what can be done beneath it.
///
/// A *path* may lead through several folders; it can neither leave this one nor go through a symbolic
/// link, whoever changes the tree meanwhile. A *name* is one component, not `.` or `..`. All
/// operations throw `SFSError` with the codes of `SFSError.init(_:errno:)`, naming the full path.
package final class Folder: Sendable {
    /// The path under which it was opened; for messages only.
    package let path: FilePath
    let descriptor: CInt
    private let isLocked = Atomic(false)

    private init(descriptor: CInt, path: FilePath) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit {
        if isLocked.load(ordering: .acquiring) { sfs_unlock(descriptor) }
        // Nothing was written through this descriptor, so closing it cannot lose anything.
        _ = close(descriptor)
    }

    /// Opens the folder at `path`, wherever that leads.
    package static func open(_ path: FilePath) throws(SFSError) -> Folder {
        let path = path.isEmpty ? "." : path
        let descriptor = try attempt("open", path) {
            path.withPlatformString { Glibc.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        }
        return Folder(descriptor: descriptor, path: path)
    }

    /// Opens the folder at `path` beneath this one.
    package func folder(_ path: FilePath) throws(SFSError) -> Folder {
        Folder(
            descriptor: try open(path, O_RDONLY | O_DIRECTORY), path: full(path))
    }

    /// Opens the file at `path` beneath this one for reading; never waits for a pipe's other end.
    package func openFile(_ path: FilePath) throws(SFSError) -> OpenFile {
        OpenFile(
            descriptor: try open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY), path: path,
            in: self.path)
    }

    /// Makes the file `name` and opens it for reading and writing.
    ///
    /// - Throws: `SFSError` with code `.conflict` when the name is taken.
    package func createFile(_ name: FilePath, permissions: UInt32) throws(SFSError) -> OpenFile {
        try check(name)
        let descriptor = try open(
            name, O_RDWR | O_CREAT | O_EXCL, permissions: permissions, to: "create")
        return OpenFile(descriptor: descriptor, path: name, in: path)
    }

    /// Opens the file `name` for reading and writing, and makes it when it is not there.
    package func openOrCreateFile(
        _ name: FilePath, permissions: UInt32
    ) throws(SFSError) -> OpenFile {
        try check(name)
        return OpenFile(
            descriptor: try open(
                name, O_RDWR | O_CREAT | O_NONBLOCK | O_NOCTTY, permissions: permissions),
            path: name, in: path)
    }

    /// Makes the folder `name`; `false` when there is something of that name already.
    @discardableResult
    package func makeFolder(
        _ name: FilePath, permissions: UInt32 = 0o755
    ) throws(SFSError) -> Bool {
        try check(name)
        do {
            _ = try callAgain { name.withPlatformString { mkdirat(descriptor, $0, permissions) } }
            return true
        } catch {
            if error == .fileExists { return false }
            throw SFSError("cannot make folder '\(full(name))'", errno: error)
        }
    }

    /// Gives `name` the name `newName` in `target`; `false` when that is taken.
    package func rename(
        _ name: FilePath, into target: Folder, as newName: FilePath
    ) throws(SFSError) -> Bool {
        try check(name)
        try target.check(newName)
        do {
            _ = try callAgain {
                name.withPlatformString { name in
                    newName.withPlatformString {
                        sfs_rename_exclusively(descriptor, name, target.descriptor, $0)
                    }
                }
            }
            return true
        } catch {
            if error == .fileExists { return false }
            throw SFSError("cannot rename '\(full(name))'", errno: error)
        }
    }

    /// Gives `name` the name `newName` in this folder, in place of what may have it now.
    package func rename(_ name: FilePath, over newName: FilePath) throws(SFSError) {
        try check(name)
        try check(newName)
        try Self.attempt("rename", full(name)) {
            name.withPlatformString { name in
                newName.withPlatformString { renameat(descriptor, name, descriptor, $0) }
            }
        }
    }

    /// Removes the file `name`; `false` when there was none.
    @discardableResult
    package func unlink(_ name: FilePath) throws(SFSError) -> Bool {
        try check(name)
        do {
            _ = try callAgain { name.withPlatformString { unlinkat(descriptor, $0, 0) } }
            return true
        } catch {
            if error == .noSuchFileOrDirectory { return false }
            throw SFSError("cannot remove '\(full(name))'", errno: error)
        }
    }

    /// Removes the folder `name`; `false` when there was none, or when something is in it.
    @discardableResult
    package func removeFolder(_ name: FilePath) throws(SFSError) -> Bool {
        try check(name)
        do {
            _ = try callAgain {
                name.withPlatformString { unlinkat(descriptor, $0, AT_REMOVEDIR) }
            }
            return true
        } catch {
            let isKept = [.noSuchFileOrDirectory, .directoryNotEmpty, .fileExists].contains(error)
            guard isKept else { throw SFSError("cannot remove '\(full(name))'", errno: error) }
            return false
        }
    }

    /// What has the name `name`, without following a link; `nil` when nothing has.
    package func status(of name: FilePath) throws(SFSError) -> FileStatus? {
        try check(name)
        do {
            return try facts(name)
        } catch {
            if error == .noSuchFileOrDirectory { return nil }
            throw SFSError("cannot look at '\(full(name))'", errno: error)
        }
    }

    /// What the kernel knows of this folder itself.
    package func status() throws(SFSError) -> FileStatus {
        do {
            return try facts("")
        } catch {
            throw SFSError("cannot look at '\(path)'", errno: error)
        }
    }

    /// How full the file system of this folder is.
    package func space() throws(SFSError) -> FileSystemSpace {
        var space = statvfs()
        try Self.attempt("look at the space of", path) { fstatvfs(descriptor, &space) }
        return FileSystemSpace(space)
    }

    /// Makes the names in this folder durable; see `OpenFile.synchronize()` for what a failure means.
    package func synchronize() throws(SFSError) {
        guard fsync(descriptor) == 0 else {
            throw SFSError("cannot bring folder '\(path)' to the disk", errno: .last)
        }
    }

    /// Makes everything on the file system of this folder durable; a failure means the same.
    ///
    /// Each failure is told once per open folder: whoever relies on this has one of its own.
    func synchronizeFileSystem() throws(SFSError) {
        guard sfs_sync_file_system(descriptor) == 0 else {
            throw SFSError(
                "cannot bring the file system of '\(path)' to the disk", errno: .last)
        }
    }

    /// The number of the kind of file system, as statfs(2) gives it; -1 when it does not.
    var fileSystemType: Int64 { sfs_file_system_type(descriptor) }

    /// Takes the folder's lock, which ends when nobody holds this object any more.
    ///
    /// - Throws: `SFSError` with code `.conflict` when somebody else has it.
    package func lock() throws(SFSError) {
        do {
            _ = try callAgain { sfs_lock(descriptor) }
            isLocked.store(true, ordering: .releasing)
        } catch {
            guard error == .wouldBlock else {
                throw SFSError("cannot lock '\(path)'", errno: error)
            }
            throw SFSError(.conflict, "cannot lock '\(path)': it is in use", cause: error)
        }
    }

    func open(
        _ path: FilePath, _ flags: CInt, permissions: UInt32 = 0, to what: String = "open"
    ) throws(SFSError) -> CInt {
        try Self.attempt(what, full(path)) {
            path.withPlatformString { sfs_open_beneath(descriptor, $0, flags, permissions) }
        }
    }

    private func facts(_ name: FilePath) throws(Errno) -> FileStatus {
        var status = sfs_file_status()
        _ = try callAgain {
            name.withPlatformString { sfs_look_at(descriptor, $0, &status) }
        }
        return FileStatus(status)
    }

    /// Only one component: the calls that take a name would go through links in a longer path.
    private func check(_ name: FilePath) throws(SFSError) {
        guard name.root == nil, name.components.count == 1,
            name.lastComponent?.kind == .regular
        else { throw SFSError(.internal, "'\(name)' is not a name in '\(path)'") }
    }

    private func full(_ path: FilePath) -> FilePath { self.path.pushing(path) }

    @discardableResult
    private static func attempt(
        _ what: String, _ path: @autoclosure () -> FilePath, _ call: () -> CInt
    ) throws(SFSError) -> CInt {
        do {
            return try callAgain(call)
        } catch {
            throw SFSError("cannot \(what) '\(path())'", errno: error)
        }
    }
}
