import Glibc
import SFSClient
import SFSCore

/// The processor time of the daemon behind a Unix socket, and of what it has started.
///
/// What other daemons of the cluster take, here or elsewhere, is not seen.
struct DaemonTime: Sendable {
    private let process: Int32

    /// `nil` when the daemon is not reached by a Unix socket, or does not say who it is.
    init?(_ address: HTTPAddress) {
        guard case .socket(let path) = address, let process = Self.listener(of: path) else {
            return nil
        }
        self.process = process
    }

    /// So far; `nil` when it cannot be seen.
    func seconds() -> Double? {
        guard let folder = opendir("/proc") else { return nil }
        defer { closedir(folder) }
        var parents: [Int32: Int32] = [:]
        var ticks: [Int32: Int] = [:]
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard let number = Int32(name), let fields = Self.fields(of: number) else { continue }
            // From the third field of proc(5) on: the parent is the fourth, times 14 to 17.
            parents[number] = Int32(fields[1])
            ticks[number] = fields[11...14].compactMap { Int($0) }.reduce(0, +)
        }
        guard ticks[process] != nil else { return nil }
        let sum = ticks.filter { isBelow($0.key, parents) }.values.reduce(0, +)
        return Double(sum) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    private func isBelow(_ number: Int32, _ parents: [Int32: Int32]) -> Bool {
        var current: Int32? = number
        // No chain is longer than there are processes.
        for _ in 0...parents.count {
            if current == process { return true }
            current = current.flatMap { parents[$0] }
        }
        return false
    }

    /// `nil` when it has ended, or is nobody's business.
    private static func fields(of process: Int32) -> [Substring]? {
        let descriptor = open("/proc/\(process)/stat", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 1024)
        let count = read(descriptor, &bytes, bytes.count)
        guard count > 0 else { return nil }
        let text = String(decoding: bytes[..<count], as: UTF8.self)
        guard let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        return fields.count > 15 ? fields : nil
    }

    /// Who listens on the socket at `path`, as the kernel says.
    private static func listener(of path: String) -> Int32? {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard path.utf8.count <= UnixSocketAddress.pathBytesMaximum,
            UnixSocketAddress.with(path, { connect(descriptor, $0, $1) }) == 0
        else { return nil }
        // Process, user and group.
        var credentials: (Int32, UInt32, UInt32) = (0, 0, 0)
        var length = socklen_t(MemoryLayout.size(ofValue: credentials))
        guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length) == 0,
            credentials.0 > 0
        else { return nil }
        return credentials.0
    }
}
