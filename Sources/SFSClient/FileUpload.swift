package import SFSCore
import NIOCore
import SFSFiles
package import SFSWire
package import SystemPackage

/// One file on its way into the cluster.
///
/// `hash` it first and `send` it only when the cluster has not got it, or `send` it at once. Both
/// tell the transfer's observer of the bytes that they read; `hash` and `send` of one file read it
/// twice.
package struct FileUpload: Sendable {
    /// `nil` = standard input.
    package let path: FilePath?
    private let source: UploadSource
    private let transfer: FileTransfer

    /// Opens the file at `path`; `nil` = standard input.
    ///
    /// - Throws: `SFSError` with code `.noInput` when it cannot be read or is a folder.
    package static func open(
        _ path: FilePath?, for transfer: FileTransfer
    ) async throws -> FileUpload {
        let source = try await transfer.queue.run { () throws(SFSError) in
            try path.map { path throws(SFSError) in try UploadSource.open(path) } ?? .standardInput
        }
        return FileUpload(path: path, source: source, transfer: transfer)
    }

    /// Bytes; `nil` when only reading tells, as with a pipe, which can be sent but not hashed first.
    package var size: Int64? { source.size }

    /// The hash of the file as it is now.
    ///
    /// - Throws: `SFSError` with code `.hashMismatch` when the file changes meanwhile.
    package func hash(_ algorithm: HashAlgorithm) async throws -> ContentHash {
        let pass = try FilePass(source, hashing: algorithm)
        for try await _ in bytes(of: pass) {}
        return try pass.hash()
    }

    /// Sends the file.
    ///
    /// With `options.hash` the cluster refuses other bytes. Without, the hash that the cluster
    /// answers is compared with that of the bytes which were sent.
    ///
    /// - Throws: `SFSError` with code `.hashMismatch` when the file changed since it was opened or
    ///   is not `options.hash`; nothing was stored then.
    package func send(_ options: PutOptions) async throws -> ContentReply {
        let algorithm = options.hash?.algorithm ?? options.algorithm ?? .standard
        let pass = try FilePass(source, hashing: algorithm)
        var options = options
        options.algorithm = algorithm
        let reply = try await transfer.prism.put(
            ByteStream(bytes(of: pass)), length: source.size, options)
        let hash = try await transfer.queue.run { try pass.hash() }
        guard reply.hash == hash else {
            throw SFSError(
                .corrupt, "the cluster stored '\(reply.hash)' where '\(hash)' was sent")
        }
        return reply
    }

    private func bytes(of pass: FilePass) -> FileBytes {
        FileBytes(pass: pass, queue: transfer.queue, observer: transfer.observer)
    }
}

/// The bytes of a `FilePass`, read on a queue when they are asked for.
private struct FileBytes: AsyncSequence, Sendable {
    typealias Element = ByteBuffer
    typealias Failure = any Error

    let pass: FilePass
    let queue: DiskQueue
    let observer: any TransferObserver

    func makeAsyncIterator() -> Iterator { Iterator(bytes: self) }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate let bytes: FileBytes

        func next() async throws -> ByteBuffer? {
            try Task.checkCancellation()
            let pass = bytes.pass
            let piece = try await bytes.queue.run { try pass.next() }
            if let piece { bytes.observer.didMove(Int64(piece.readableBytes)) }
            return piece
        }
    }
}
