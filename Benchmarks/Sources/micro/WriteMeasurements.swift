import CLinux
import Dispatch
import Glibc
import NIOCore
import SFSCore
import SFSFiles
import Synchronization
import SystemPackage

/// Small files that are to survive a power cut: one after the other, and many at once.
enum WriteMeasurements {
    private static let count = 200
    private static let width = 16

    static func run() async throws {
        try await withFolder { path in
            let root = try Folder.open(FilePath(path))
            try root.makeFolder("spool")
            try root.makeFolder("content")
            let (spool, content) = (try root.folder("spool"), try root.folder("content"))
            let buffer = ByteBuffer(repeating: 7, count: 4096)
            try await Measured.average("durable write of 4 KiB, one by one", of: count) {
                for number in 0..<count { try write(buffer, "a\(number)", spool, content) }
            }
            try await Measured.average("durable write of 4 KiB, \(width) at once", of: count) {
                let failure = Mutex<(any Error)?>(nil)
                DispatchQueue.concurrentPerform(iterations: width) { lane in
                    do {
                        for number in stride(from: lane, to: count, by: width) {
                            try write(buffer, "b\(number)", spool, content)
                        }
                    } catch {
                        failure.withLock { $0 = error }
                    }
                }
                if let error = failure.withLock({ $0 }) { throw error }
            }
        }
    }

    /// On the disk where temporary files are: the fixtures' folder may be in memory.
    private static func withFolder(_ body: (String) async throws -> Void) async throws {
        var template = Array("/var/tmp/sfs-micro.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SFSError(.io, "cannot make a folder") }
        let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        defer { sfs_remove_tree(path) }
        try await body(path)
    }

    private static func write(
        _ buffer: ByteBuffer, _ name: String, _ spool: Folder, _ content: Folder
    ) throws {
        let write = try DurableWrite(
            in: spool, named: FilePath(name), expectedLength: Int64(buffer.readableBytes))
        try write.append(buffer)
        try write.seal(permissions: 0o444)
        _ = try write.place(into: content, as: FilePath(name))
    }
}
