import CLinux
import Glibc
import SFSCore

/// Folders for the servers of tests: in memory where there is room, else under /tmp.
enum TestFolder {
    private static let prefix = "sfs-postgres-"
    private static let places = ["/dev/shm", "/tmp"]
    private static let memoryMinimum = 2 << 30

    /// A new folder that every user may enter, this process's own until that ends.
    static func make() throws -> String {
        var space = statvfs()
        let isRoomy =
            statvfs(places[0], &space) == 0
            && Int(space.f_bavail) * Int(space.f_frsize) >= memoryMinimum
        var path = Array("\(isRoomy ? places[0] : places[1])/\(prefix)XXXXXX".utf8CString)
        guard mkdtemp(&path) != nil else { throw SFSError(.io, "cannot make a folder for a test") }
        let folder = String(decoding: path.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        // Never closed: no other process takes the folder for a leftover while this one runs.
        let lock = open(folder, O_RDONLY | O_CLOEXEC)
        guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0, chmod(folder, 0o755) == 0 else {
            throw SFSError(.io, "cannot keep the folder of a test")
        }
        return folder
    }

    /// Removes the folders whose servers have ended with their process.
    static func removeStale() {
        for place in places { removeStale(in: place) }
    }

    private static func removeStale(_ folder: String) {
        let locks = ["", "/postgres/lock"].map { open(folder + $0, O_RDONLY | O_CLOEXEC) }
        defer { for lock in locks where lock >= 0 { close(lock) } }
        // A server outlives its process for a moment; where none was started is none.
        let isFree = locks.allSatisfy { $0 < 0 || flock($0, LOCK_EX | LOCK_NB) == 0 }
        if isFree { sfs_remove_tree(folder) }
    }

    private static func removeStale(in place: String) {
        guard let folder = opendir(place) else { return }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name.hasPrefix(prefix) else { continue }
            removeStale("\(place)/\(name)")
        }
    }
}
