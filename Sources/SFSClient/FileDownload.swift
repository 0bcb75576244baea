import Glibc
import NIOCore
package import SFSCore
import SFSFiles
import SFSWire
package import SystemPackage

/// One content, or a part of it, on its way out of the cluster.
///
/// A whole content is checked against its hash while it is written. A part cannot be: there the
/// cluster's own check of each block must do.
package struct FileDownload: Sendable {
    /// Bytes that are gathered for one visit to the queue; with fewer the hops between threads cost
    /// more than the writing.
    private static let piecesBytes = 512 << 10

    private let hash: ContentHash
    private let range: ByteRange?
    private let transfer: FileTransfer

    /// `range` `nil` = all of it.
    package init(_ hash: ContentHash, range: ByteRange? = nil, for transfer: FileTransfer) {
        self.hash = hash
        self.range = range
        self.transfer = transfer
    }

    /// Writes the bytes to the file at `path`, in place of one that is there; how many there are.
    ///
    /// The file has its name only once it is complete, verified and on the disk. Until then the
    /// bytes are in `.NAME.sfs-part` beside it, which is removed when this throws; with `resume`
    /// it is kept then, and what an earlier run kept is hashed and not fetched again. Where `path`
    /// is a pipe or a device the bytes go there as they come.
    ///
    /// - Throws: `SFSError` with code `.corrupt` when the bytes that came are not the content,
    ///   `.conflict` when `path` is a folder or is being written by another process.
    package func save(as path: FilePath, resume: Bool = false) async throws -> Int64 {
        precondition(range == nil || !resume, "a part cannot be resumed")
        switch try await transfer.queue.run({ try DownloadTarget(path) }) {
        case .device(let device): return try await write(to: device.descriptor)
        case .file(let path): return try await save(asFile: path, resume: resume)
        }
    }

    /// Writes the bytes to `descriptor` as they come; how many there were.
    ///
    /// - Throws: `SFSError` with code `.corrupt` when the bytes were not the content, which is known
    ///   only at the end; `ReaderGone` when nobody reads at the other end.
    package func write(to descriptor: CInt) async throws -> Int64 {
        let sink = try DescriptorSink(descriptor, for: hash)
        let count = try await fetch(range, into: sink)
        guard try range != nil || sink.isVerified() else {
            throw SFSError(.corrupt, "the bytes that were written are not '\(hash)'; discard them")
        }
        return count
    }

    private func save(asFile path: FilePath, resume: Bool) async throws -> Int64 {
        // Not on the queue: a caller that is cancelled there never sees what was opened for it, and
        // what an earlier run kept would go with it.
        try Task.checkCancellation()
        let partial = try PartialFile(for: path, holding: hash)
        do {
            let size = try await fill(partial, resume: resume)
            try await transfer.queue.run { try partial.finish() }
            return size
        } catch {
            // Not on the queue either, which refuses a caller that was cancelled.
            let isWorthKeeping = resume && (error as? SFSError)?.code != .corrupt
            try isWorthKeeping ? partial.keep() : partial.discard()
            throw error
        }
    }

    /// Fetches everything that `partial` lacks, and verifies it; the size of the file then.
    private func fill(_ partial: PartialFile, resume: Bool) async throws -> Int64 {
        let start = try await takeUp(partial, resume: resume)
        let rest = start.isComplete ? 0 : try await fetch(start.range ?? range, into: partial)
        if range != nil { return rest }
        if try await transfer.queue.run({ try partial.isVerified() }) { return start.count + rest }
        guard start.count > 0 else {
            throw SFSError(.corrupt, "the bytes received are not '\(hash)'; nothing was written")
        }
        // What the earlier run left was bad.
        return try await fill(partial, resume: false)
    }

    /// What is there of an earlier run, and what is missing.
    private struct Start {
        var count: Int64 = 0
        var isComplete = false

        var range: ByteRange? { count > 0 ? .from(first: count, last: nil) : nil }
    }

    private func takeUp(_ partial: PartialFile, resume: Bool) async throws -> Start {
        guard resume else {
            try await transfer.queue.run { try partial.startAfresh() }
            return Start()
        }
        let size = try await transfer.prism.detail(hash).content.size
        let count = try await transfer.queue.run { try partial.takeUp(size: size) }
        return Start(count: count, isComplete: count == size)
    }

    /// Brings `range` into `sink`; the number of bytes.
    private func fetch(_ range: ByteRange?, into sink: some DownloadSink) async throws -> Int64 {
        var count: Int64 = 0
        // Gathered and not copied together: that would cost more than all the rest.
        var gathered: [ByteBuffer] = []
        var gatheredBytes = 0
        func flush() async throws {
            let chunks = gathered
            try await transfer.queue.run { for chunk in chunks { try sink.append(chunk) } }
            count += Int64(gatheredBytes)
            transfer.observer.didMove(Int64(gatheredBytes))
            (gathered, gatheredBytes) = ([], 0)
        }
        let read = SteadyRead(
            prism: transfer.prism, hash: hash, range: range, firstDelay: transfer.retryDelay)
        try await read.run { body in
            transfer.observer.willMove(Int64(body.offsets.count))
        } take: { chunk in
            gathered.append(chunk)
            gatheredBytes += chunk.readableBytes
            if gatheredBytes >= Self.piecesBytes { try await flush() }
        }
        try await flush()
        return count
    }
}
