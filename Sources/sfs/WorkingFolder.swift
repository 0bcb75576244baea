import Glibc
import SFSCore

/// The folder that relative paths start from.
enum WorkingFolder {
    /// Its absolute path; `nil` when it was removed.
    static var path: String? {
        guard let text = getcwd(nil, 0) else { return nil }
        defer { free(text) }
        return String(cString: text)
    }

    /// `folder` from the root, for a daemon that has another working folder.
    ///
    /// - Throws: `SFSError` with code `.usage`.
    static func absolute(_ folder: String) throws(SFSError) -> String {
        let bytes = RawText.bytes(of: folder)
        guard let text = String(validating: bytes, as: UTF8.self), !text.isEmpty else {
            throw SFSError(
                .usage, "'\(folder)' is empty or not UTF-8, which a volume's path must be")
        }
        if text.hasPrefix("/") { return text }
        guard let start = path else {
            throw SFSError(.usage, "'\(text)' is relative to a folder that is gone")
        }
        return "\(start)/\(text)"
    }
}
