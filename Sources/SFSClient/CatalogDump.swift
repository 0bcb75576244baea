import NIOCore
import SFSCore
import SFSFiles
import SFSWire
import Synchronization
package import SystemPackage

/// The whole catalog as text: one JSON object per line, each a `DumpLine`.
package struct CatalogDump: Sendable {
    private let prism: PrismClient

    private static let pageLength = 1000

    package init(_ prism: PrismClient) {
        self.prism = prism
    }

    /// Calls `take` with the text, some lines at a time, each with its line break.
    ///
    /// - Throws: `SFSError` when it cannot be read to its end, whatever was taken by then; what
    ///   `take` throws.
    package func forEachPiece(_ take: ([UInt8]) async throws -> Void) async throws {
        var after: String?
        repeat {
            let page = try await prism.catalogDump(after: after, limit: Self.pageLength)
            var piece: [UInt8] = []
            for line in page.lines { piece += try JSON.encode(line) + [UInt8(ascii: "\n")] }
            try await take(piece)
            after = page.next
        } while after != nil
    }

    /// Writes the text to the file at `path`, in place of one that is there; how many bytes.
    ///
    /// The file has its name only once it is complete and on the disk.
    ///
    /// - Throws: `SFSError` with code `.conflict` when `path` is no regular file, or is being written
    ///   by another process.
    package func save(as path: FilePath) async throws -> Int64 {
        guard case .file(let path) = try DownloadTarget(path) else {
            throw SFSError(.conflict, "'\(path)' is not a regular file")
        }
        let file = try DumpFile(path)
        let queue = try DiskQueue(name: "dump", threads: 1)
        do {
            try await forEachPiece { piece in try await queue.run { try file.append(piece) } }
            let count = try await queue.run { try file.finish() }
            await queue.shutdown()
            return count
        } catch {
            await queue.shutdown()
            try file.discard()
            throw error
        }
    }
}

/// The file of a dump, under a temporary name beside its own until it is whole.
private final class DumpFile: Sendable {
    private let name: FilePath
    private let write: Mutex<DurableWrite>

    init(_ path: FilePath) throws(SFSError) {
        guard let name = path.lastComponent else {
            throw SFSError(.usage, "'\(path)' is not a name for a file")
        }
        self.name = FilePath(root: nil, [name])
        let folder = try Folder.open(path.removingLastComponent())
        let write = try DurableWrite(
            resuming: FilePath(".\(name.string).sfs-part"), in: folder, permissions: 0o666)
        // What an earlier run left is of no use: the catalog has changed since.
        try write.cut(to: 0)
        self.write = Mutex(write)
    }

    func append(_ bytes: [UInt8]) throws(SFSError) {
        try write.withLock { write throws(SFSError) in try write.append(ByteBuffer(bytes: bytes)) }
    }

    /// Brings the file to the disk and gives it its name; how many bytes it has.
    func finish() throws(SFSError) -> Int64 {
        let name = name
        return try write.withLock { write throws(SFSError) in
            try write.seal()
            try write.place(over: name)
            return write.length
        }
    }

    func discard() throws(SFSError) {
        try write.withLock { write throws(SFSError) in try write.discard() }
    }
}
