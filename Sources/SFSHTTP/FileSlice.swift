import CLinux
import Glibc
import NIOCore
package import SFSCore

/// A part of an open file, which stays open as long as anybody needs this.
package final class FileSlice: Sendable {
    /// Where it begins in the file, in bytes.
    package let offset: Int64
    /// Number of bytes.
    package let count: Int64

    private let descriptor: CInt
    /// Who closes the file; `nil` = this does.
    private let owner: (any AnyObject & Sendable)?

    /// Takes ownership of `descriptor`, open for reading, at once: also when this throws.
    ///
    /// - Throws: `SFSError` with code `.io` when the file does not reach to `offset + count`.
    package init(
        takingOwnershipOf descriptor: CInt, offset: Int64, count: Int64
    ) throws(SFSError) {
        precondition(offset >= 0 && count >= 0, "a part of a file lies in it")
        self.descriptor = descriptor
        self.offset = offset
        self.count = count
        owner = nil
        var status = stat()
        guard fstat(descriptor, &status) == 0, Int64(status.st_size) - offset >= count else {
            throw SFSError(.io, "a file is shorter than it should be")
        }
    }

    /// Takes `descriptor`, which `owner` keeps open as long as it is held, of a file that reaches to
    /// `offset + count`.
    package init(
        sharing descriptor: CInt, of owner: any AnyObject & Sendable, offset: Int64, count: Int64
    ) {
        self.descriptor = descriptor
        self.offset = offset
        self.count = count
        self.owner = owner
    }

    deinit {
        // The file was only read: nothing can be lost by a close that fails.
        if owner == nil { _ = close(descriptor) }
    }

    /// The bytes of `range` as far as they are in the kernel's cache; `nil` when the first is not.
    ///
    /// It does not wait for a disk.
    func readCached(_ range: Range<Int64>) -> ByteBuffer? {
        var buffer = ByteBufferAllocator().buffer(capacity: range.count)
        return readCached(range, into: &buffer) > 0 ? buffer : nil
    }

    /// Writes the bytes of `range`, as far as they are in the kernel's cache, to `buffer`: their
    /// number.
    func readCached(_ range: Range<Int64>, into buffer: inout ByteBuffer) -> Int64 {
        let count = withDescriptor { descriptor, offset in
            buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: range.count) { free in
                max(
                    0,
                    sfs_read_cached(
                        descriptor, free.baseAddress, range.count, offset + range.lowerBound))
            }
        }
        return Int64(count)
    }

    /// Whether the file does not reach to the slice's end any more.
    var isCut: Bool {
        withDescriptor { descriptor, offset in
            var status = stat()
            return fstat(descriptor, &status) != 0 || Int64(status.st_size) < offset + count
        }
    }

    /// Number of bytes from `position`, counted from the slice's start, to where a page begins.
    func bytesToPage(from position: Int64) -> Int64 {
        let page: Int64 = 4096
        return (page - (offset + position) % page) % page
    }

    /// Whether the first and the last byte of `range` are in the kernel's cache: what lies between
    /// them was then read, and is dropped, with them.
    func isCached(_ range: Range<Int64>) -> Bool {
        withDescriptor { descriptor, offset in
            var byte: UInt8 = 0
            return sfs_read_cached(descriptor, &byte, 1, offset + range.lowerBound) == 1
                && sfs_read_cached(descriptor, &byte, 1, offset + range.upperBound - 1) == 1
        }
    }

    /// Runs `body` with the descriptor, and where in the file the slice begins.
    func withDescriptor<Result>(_ body: (CInt, _ offset: Int64) -> Result) -> Result {
        // It is closed when this goes, and not before the body has done with it.
        withExtendedLifetime(self) { body(descriptor, offset) }
    }
}
