import CLinux
import Glibc
import SFSCore

/// Folders for the servers of tests: in memory where there is room, else under /tmp.
enum TestFolder {
    private static let prefix = "sfs-postgres-"
    private static let places = ["/dev/shm", "/tmp"]
    private static let memoryMinimum = 2 << 30

    /// A new folder that every user may enter.
    static func make() throws -> String {
        var space = statvfs()
        let isRoomy =
            statvfs(places[0], &space) == 0
            && Int(space.f_bavail) * Int(space.f_frsize) >= memoryMinimum
        var path = Array("\(isRoomy ? places[0] : places[1])/\(prefix)XXXXXX".utf8CString)
        guard mkdtemp(&path) != nil else { throw SFSError(.io, "cannot make a folder for a test") }
        let folder = String(decoding: path.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        chmod(folder, 0o755)
        return folder
    }

    /// Removes the folders whose servers have ended with their process.
    static func removeStale() {
        for place in places { removeStale(in: place) }
    }

    private static func removeStale(in place: String) {
        guard let folder = opendir(place) else { return }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name.hasPrefix(prefix) else { continue }
            let lock = open("\(place)/\(name)/postgres/lock", O_RDWR | O_CLOEXEC)
            guard lock >= 0 else { continue }
            if flock(lock, LOCK_EX | LOCK_NB) == 0 { sfs_remove_tree("\(place)/\(name)") }
            close(lock)
        }
    }
}
