import Glibc

/// The folder that relative paths start from.
enum WorkingFolder {
    /// Its absolute path; `nil` when it was removed.
    static var path: String? {
        guard let text = getcwd(nil, 0) else { return nil }
        defer { free(text) }
        return String(cString: text)
    }
}
