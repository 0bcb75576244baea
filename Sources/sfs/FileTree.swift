import Glibc
import SFSCore
import SystemPackage

/// The regular files in a folder and the folders in it, in the order of their names.
///
/// Links to files are followed, links to folders are not, so that it ends; pipes, sockets and
/// devices are left out. A folder or name that cannot be read gives its error in its place.
struct FileTree: Sequence, IteratorProtocol {
    private enum Kind { case file, folder, other }

    /// What is still to be looked at, the next at the end.
    ///
    /// Only the names of the folders that are open are held.
    private var waiting: [FilePath]
    private let top: FilePath

    /// Starts at `top`, which may itself be a file.
    init(_ top: FilePath) {
        self.top = top
        waiting = [top]
    }

    mutating func next() -> PutSources.Source? {
        while let path = waiting.popLast() {
            do throws(SFSError) {
                switch try kind(of: path) {
                case .file: return .file(path)
                case .other: continue
                case .folder: waiting += try Self.names(in: path).reversed().map(path.appending)
                }
            } catch {
                return .failed(error)
            }
        }
        return nil
    }

    private func kind(of path: FilePath) throws(SFSError) -> Kind {
        var status = stat()
        guard path.withPlatformString({ lstat($0, &status) }) == 0 else {
            throw Self.failure("look at", path)
        }
        let isLink = status.st_mode & S_IFMT == S_IFLNK
        if isLink, path.withPlatformString({ stat($0, &status) }) != 0 {
            throw Self.failure("follow", path)
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return isLink && path != top ? .other : .folder
        default: return .other
        }
    }

    private static func names(in folder: FilePath) throws(SFSError) -> [FilePath.Component] {
        guard let stream = folder.withPlatformString({ opendir($0) }) else {
            throw failure("open", folder)
        }
        defer { closedir(stream) }
        var names: [FilePath.Component] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else { break }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                FilePath(bytes: bytes.prefix { $0 != 0 })
            }
            if let component = name.lastComponent, component.kind == .regular {
                names.append(component)
            }
        }
        guard errno == 0 else { throw failure("list", folder) }
        return names.sorted { left, right in
            FilePath(root: nil, [left]).bytes.lexicographicallyPrecedes(
                FilePath(root: nil, [right]).bytes)
        }
    }

    private static func failure(_ what: String, _ path: FilePath) -> SFSError {
        SFSError(.noInput, "cannot \(what) '\(path)': \(String(cString: strerror(errno)))")
    }
}
