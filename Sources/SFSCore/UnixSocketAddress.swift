package import Glibc

/// The address of a Unix socket that has a path, as system calls take it.
package enum UnixSocketAddress {
    /// Bytes of a path, at most: `sun_path` of Linux without the byte that ends it (unix(7)).
    package static let pathBytesMaximum = 107

    /// Runs `body` with the address of `path`, which has up to `pathBytesMaximum` bytes.
    package static func with<Result>(
        _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        precondition(path.utf8.count <= pathBytesMaximum, "the path of a socket fits")
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
