import Foundation
import Glibc
import Synchronization

/// A server on a socket of this machine that does what its script says, mistakes included.
///
/// For tests of what a client does when the other side misbehaves, which a good server cannot.
package final class RawServer: Sendable {
    private let listener: Int32
    private let path: String?
    /// The TCP port; 0 for a Unix socket.
    package let port: Int
    private let hasStopped = Atomic(false)
    private let connections = Mutex<[RawConnection]>([])

    /// Listens on the Unix socket `path`, or on a free port of loopback, and runs `script` on a
    /// thread of its own for each connection.
    package init(
        socket path: String? = nil, script: @escaping @Sendable (RawConnection) -> Void
    ) throws {
        self.path = path
        (listener, port) = try path.map { (try Self.listen(path: $0), 0) } ?? Self.listenOnPort()
        let listener = listener
        Thread.detachNewThread { [weak self] in
            while true {
                let descriptor = accept(listener, nil, nil)
                // The thread that uses the listener closes it: its number may be another's then.
                guard descriptor >= 0 else {
                    close(listener)
                    return
                }
                let connection = RawConnection(descriptor)
                self?.connections.withLock { $0.append(connection) }
                Thread.detachNewThread {
                    script(connection)
                    connection.close()
                }
            }
        }
    }

    deinit { stop() }

    /// Closes the listener and all connections; a second time does nothing.
    package func stop() {
        guard !hasStopped.exchange(true, ordering: .relaxed) else { return }
        shutdown(listener, Int32(SHUT_RDWR))
        if let path { unlink(path) }
        connections.withLock { connections in
            connections.forEach { $0.cut() }
            connections = []
        }
    }

    /// `http://127.0.0.1:PORT`, or the path of the socket.
    package var address: String { path ?? "http://127.0.0.1:\(port)" }

    private static func listen(path: String) throws -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        return try listen(AF_UNIX, &address)
    }

    private static func listenOnPort() throws -> (Int32, Int) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let descriptor = try listen(AF_INET, &address)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(descriptor, $0, &length)
            }
        }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }

    private static func listen<Address>(_ family: Int32, _ address: inout Address) throws -> Int32 {
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        let length = socklen_t(MemoryLayout<Address>.size)
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length)
            }
        }
        guard descriptor >= 0, status == 0, Glibc.listen(descriptor, 64) == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
        return descriptor
    }
}
