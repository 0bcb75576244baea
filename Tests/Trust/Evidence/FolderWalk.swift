import Glibc

/// One file below a folder, as lstat(2) sees it.
package struct FoundFile: Sendable, Hashable {
    /// Absolute, or as relative as the folder's path was.
    package let path: String
    /// Last part of the path.
    package let name: String
    /// In bytes.
    package let size: Int64
    /// Permission bits.
    package let permissions: UInt32
    /// Whether it is a regular file.
    package let isRegular: Bool
    private let inode: UInt64
    /// When anything about it changed last, in nanoseconds; no program can set it back.
    private let changed: Int64

    init(path: String, name: String, _ status: stat) {
        self.path = path
        self.name = name
        size = Int64(status.st_size)
        permissions = status.st_mode & 0o7777
        isRegular = status.st_mode & S_IFMT == S_IFREG
        inode = UInt64(status.st_ino)
        changed = Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
    }
}

/// All files below a folder, of every kind but folders.
package enum FolderWalk {
    /// Lists what is below `folder`, in no order; nothing when the folder is not there.
    ///
    /// What vanishes during the walk is left out.
    package static func files(below folder: String) -> [FoundFile] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var files: [FoundFile] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name != ".", name != ".." else { continue }
            let path = "\(folder)/\(name)"
            if entry.pointee.d_type == DT_DIR {
                files += Self.files(below: path)
                continue
            }
            var status = stat()
            if lstat(path, &status) == 0 {
                files.append(FoundFile(path: path, name: name, status))
            }
        }
        return files
    }
}
