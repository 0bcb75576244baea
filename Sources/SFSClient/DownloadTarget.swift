import Glibc
import SFSCore
import SFSFiles
import SystemPackage

/// What is at the path where a download shall go.
enum DownloadTarget: Sendable {
    /// A regular file or nothing yet; links are followed, so that a link is not replaced.
    case file(FilePath)
    /// A pipe or a device, which is written to and never replaced.
    case device(Device)

    /// Looks at `path`.
    ///
    /// - Throws: `SFSError` with code `.conflict` when a folder is there.
    init(_ path: FilePath) throws(SFSError) {
        var status = stat()
        guard path.withPlatformString({ stat($0, &status) }) == 0 else {
            // A link to nowhere is refused by the rename that would replace it: not followed here.
            self = .file(path)
            return
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: throw SFSError(.conflict, "'\(path)' is a folder")
        case S_IFREG: self = .file(Self.resolved(path))
        default: self = .device(try Device(path))
        }
    }

    private static func resolved(_ path: FilePath) -> FilePath {
        guard let text = path.withPlatformString({ realpath($0, nil) }) else { return path }
        defer { free(text) }
        return FilePath(platformString: text)
    }

    /// An open pipe or device; closed when nobody holds it any more.
    final class Device: Sendable {
        let descriptor: CInt

        init(_ path: FilePath) throws(SFSError) {
            descriptor = path.withPlatformString { open($0, O_WRONLY | O_CLOEXEC | O_NOCTTY) }
            guard descriptor >= 0 else {
                throw SFSError("cannot write to '\(path)'", errno: Errno(rawValue: errno))
            }
        }

        deinit {
            close(descriptor)
        }
    }
}
