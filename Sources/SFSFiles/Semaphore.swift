import Glibc

/// A counter that threads can wait on; POSIX's, which the Glibc module shows only as a C struct.
final class Semaphore: Sendable {
    // SAFETY: points to memory that is allocated in `init` and freed in `deinit`, and is touched
    // only by sem_* calls, which any number of threads may make at once.
    nonisolated(unsafe) private let pointer: UnsafeMutablePointer<sem_t>

    init() {
        pointer = .allocate(capacity: 1)
        let status = sem_init(pointer, 0, 0)
        precondition(status == 0, "a semaphore that begins at 0 is always given")
    }

    deinit {
        sem_destroy(pointer)
        pointer.deallocate()
    }

    func signal() {
        sem_post(pointer)
    }

    func wait() {
        // Fails only when a signal handler interrupts it.
        while sem_wait(pointer) != 0 {}
    }
}
