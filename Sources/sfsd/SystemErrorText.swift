import Glibc

/// What the kernel said last on this thread, for a message.
enum SystemErrorText {
    /// The text of `errno`.
    static var current: String { String(cString: strerror(errno)) }
}
