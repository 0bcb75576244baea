import Glibc
import Logging
import SFSCore

/// Tells the service manager that started us how we are (sd_notify(3)), when it asked for that.
struct StartupNotice {
    private let address: String?
    private let logger: Logger

    /// `address` is what `NOTIFY_SOCKET` says: a path, or an abstract name after `@`.
    init(address: String?, logger: Logger) {
        self.address = address
        self.logger = logger
    }

    /// The daemon serves.
    func tellReady() {
        tell("READY=1")
    }

    /// The daemon has begun to stop.
    func tellStopping() {
        tell("STOPPING=1")
    }

    private func tell(_ state: String) {
        guard let address else { return }
        guard Self.send(state, to: address) else {
            logger.warning(
                "cannot tell the service manager",
                metadata: ["state": "\(state)", "error": "\(SystemErrorText.current)"])
            return
        }
    }

    private static func send(_ text: String, to path: String) -> Bool {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var name = Array(path.utf8)
        guard name.count <= UnixSocketAddress.pathBytesMaximum else { return false }
        // The kernel knows an abstract name by a leading NUL.
        if name.first == UInt8(ascii: "@") { name[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
        let bytes = Array(text.utf8)
        let count = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                sendto(
                    descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT), address,
                    length)
            }
        }
        return count == bytes.count
    }
}
