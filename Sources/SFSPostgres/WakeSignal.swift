import CLinux
import Glibc
import SFSCore

/// Ends the poll(2) of a thread that waits for a socket, from any other thread.
final class WakeSignal: Sendable {
    /// Readable after `signal()`, until `clear()`.
    let descriptor: Int32

    init() throws(SFSError) {
        descriptor = sfs_eventfd()
        guard descriptor >= 0 else {
            throw SFSError(.busy, "cannot open an event descriptor: too many files are open")
        }
    }

    deinit {
        close(descriptor)
    }

    /// Makes `descriptor` readable; any number of signals count as one.
    func signal() {
        var one: UInt64 = 1
        _ = unsafe write(descriptor, &one, MemoryLayout<UInt64>.size)
    }

    /// Forgets the signals so far.
    func clear() {
        var count: UInt64 = 0
        _ = unsafe read(descriptor, &count, MemoryLayout<UInt64>.size)
    }
}
