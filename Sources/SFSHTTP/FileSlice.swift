import Glibc
import NIOCore
package import SFSCore

/// A part of an open file, which it closes when nobody needs it any more.
package final class FileSlice: Sendable {
    /// Where it begins in the file, in bytes.
    package let offset: Int64
    /// Number of bytes.
    package let count: Int64

    /// NIO's wrapper of the descriptor; the one that `FileRegion` takes.
    private let handle: NIOFileHandle

    /// Takes ownership of `descriptor`, open for reading, at once: also when this throws.
    ///
    /// - Throws: `SFSError` with code `.io` when the file does not reach to `offset + count`.
    package init(
        takingOwnershipOf descriptor: CInt, offset: Int64, count: Int64
    ) throws(SFSError) {
        precondition(offset >= 0 && count >= 0, "a part of a file lies in it")
        handle = NIOFileHandle(_deprecatedTakingOwnershipOfDescriptor: descriptor)
        self.offset = offset
        self.count = count
        var status = stat()
        // sendfile(2) would wait for ever at the end of a file that is too short.
        guard fstat(descriptor, &status) == 0, Int64(status.st_size) - offset >= count else {
            throw SFSError(.io, "a file is shorter than it should be")
        }
    }

    deinit {
        // The file was only read: nothing can be lost by a close that fails.
        try? handle.close()
    }

    /// `range` of this slice, counted from its start, for sendfile(2).
    ///
    /// The slice must be kept alive until it was sent.
    func region(_ range: Range<Int64>) -> FileRegion {
        FileRegion(
            fileHandle: handle, readerIndex: Int(offset + range.lowerBound),
            endIndex: Int(offset + range.upperBound))
    }

    /// The bytes of `range`, counted from the slice's start; blocks while the disk works.
    func read(_ range: Range<Int64>) throws -> ByteBuffer {
        var buffer = ByteBufferAllocator().buffer(capacity: range.count)
        let offset = offset
        while buffer.readableBytes < range.count {
            let position = offset + range.lowerBound + Int64(buffer.readableBytes)
            let missing = range.count - buffer.readableBytes
            let count = try handle.withUnsafeFileDescriptor { descriptor in
                buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: missing) { free in
                    max(0, pread(descriptor, free.baseAddress, missing, off_t(position)))
                }
            }
            guard count > 0 else { throw SFSError(.io, "a file could not be read") }
        }
        return buffer
    }
}
