import Glibc
import SFSCore

/// The right to use a state folder, held by one `sfsd` until it ends.
///
/// The lock is the kernel's, so it goes with the process however that ends. The file says who holds
/// it, for people and for `bootstrap stop`.
final class StateLock: Sendable {
    /// Absolute path of the folder that is held.
    let folder: String
    private let descriptor: Int32

    /// Makes `folder` if it is not there, and takes it.
    ///
    /// - Throws: `SFSError` with code `.configuration` when another process holds it or it cannot
    ///   be made.
    init(folder: String) throws(SFSError) {
        try Folders.make(folder)
        let path = "\(folder)/sfsd.lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else {
            throw SFSError(.configuration, "cannot open '\(path)': \(SystemErrorText.current)")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw SFSError(
                .configuration, "the state folder '\(folder)' is in use by another sfsd")
        }
        self.folder = folder
        self.descriptor = descriptor
        let text = Array("\(getpid())\n".utf8)
        // Not knowing the number hurts nobody but a curious person: the lock is what counts.
        if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, text, text.count, 0) }
    }

    deinit {
        close(descriptor)
    }
}
