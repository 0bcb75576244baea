import Glibc
import NIOCore
import SFSCore
import SFSFiles
import Synchronization
import SystemPackage

/// Where the bytes of a download go, hashed on the way; all calls may block.
protocol DownloadSink: Sendable {
    /// Adds `bytes` at the end.
    func append(_ bytes: ByteBuffer) throws

    /// Whether the bytes so far are those of the hash that is wanted; asked once, at the end.
    func isVerified() throws -> Bool
}

/// An open descriptor: standard output, a pipe, a device.
final class DescriptorSink: DownloadSink {
    private let descriptor: CInt
    private let hash: ContentHash
    private let hasher: Mutex<ContentHasher>

    /// `descriptor` stays the caller's.
    init(_ descriptor: CInt, for hash: ContentHash) throws(SFSError) {
        self.descriptor = descriptor
        self.hash = hash
        hasher = Mutex(try ContentHasher(hash.algorithm))
    }

    /// - Throws: `ReaderGone` when nobody reads at the other end; `SFSError`.
    func append(_ bytes: ByteBuffer) throws {
        hasher.withLock { $0.update(bytes) }
        try bytes.withUnsafeReadableBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let part = UnsafeRawBufferPointer(rebasing: rest)
                let count = Glibc.write(descriptor, part.baseAddress, part.count)
                if count >= 0 {
                    rest = rest.dropFirst(count)
                } else if errno == EPIPE {
                    throw ReaderGone()
                } else if errno != EINTR {
                    throw SFSError("cannot write the output", errno: Errno(rawValue: errno))
                }
            }
        }
    }

    func isVerified() throws -> Bool {
        try hasher.withLock { hasher throws(SFSError) in try hasher.finish() } == hash
    }
}
