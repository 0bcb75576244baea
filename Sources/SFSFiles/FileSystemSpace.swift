import Glibc

/// How full a file system is.
package struct FileSystemSpace: Sendable, Hashable {
    /// Bytes that an unprivileged process may still write.
    package let freeBytes: Int64
    /// Bytes of the whole file system.
    package let totalBytes: Int64

    init(_ status: statvfs) {
        let unit = Int64(status.f_frsize)
        freeBytes = Int64(clamping: status.f_bavail) * unit
        totalBytes = Int64(clamping: status.f_blocks) * unit
    }
}
