import Glibc

/// Whether whoever listens on the Unix socket `path` answers `GET /readyz` with 200.
///
/// Nobody there, no answer within a second or another answer are all `false`.
package func isReady(socket path: String) -> Bool {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var limit = timeval(tv_sec: 1, tv_usec: 0)
    setsockopt(
        descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    guard connect(descriptor, to: path) else { return false }
    let request = Array("GET /readyz HTTP/1.1\r\nHost: sfsd\r\nConnection: close\r\n\r\n".utf8)
    guard send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count
    else { return false }
    var reply = [UInt8](repeating: 0, count: 512)
    let count = recv(descriptor, &reply, reply.count, 0)
    return count > 0 && String(decoding: reply[..<count], as: UTF8.self).hasPrefix("HTTP/1.1 200")
}

private func connect(_ descriptor: Int32, to path: String) -> Bool {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let name = Array(path.utf8)
    guard name.count <= 107 else { return false }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    let length = socklen_t(MemoryLayout<sockaddr_un>.size)
    return withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            Glibc.connect(descriptor, $0, length) == 0
        }
    }
}
