import Glibc
import SFSCore
package import SystemPackage

extension Folder {
    /// Calls `body` with every name in the folder, in no order, `.` and `..` left out, until it
    /// returns `false`.
    package func forEachName(_ body: (FilePath) throws -> Bool) throws {
        let copy = try duplicateForReading()
        guard let stream = fdopendir(copy) else {
            let number = Errno.last
            _ = close(copy)
            throw SFSError("cannot list '\(path)'", errno: number)
        }
        defer { closedir(stream) }
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                guard errno == 0 else { throw SFSError("cannot list '\(path)'", errno: .last) }
                return
            }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                FilePath(platformString: Array(bytes.bindMemory(to: CChar.self)))
            }
            guard name != ".", name != ".." else { continue }
            guard try body(name) else { return }
        }
    }

    /// A descriptor of its own, which the caller closes: reading a folder moves the position.
    func duplicateForReading() throws(SFSError) -> CInt {
        try open(".", O_RDONLY | O_DIRECTORY)
    }

    /// All names in the folder, sorted; for folders that are known to be small.
    package func names() throws -> [FilePath] {
        var names: [FilePath] = []
        try forEachName { name in
            names.append(name)
            return true
        }
        return names.sorted { $0.string < $1.string }
    }
}
