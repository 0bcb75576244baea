import Glibc
import SFSCore

/// The descriptor of a file that was opened for reading; closed when nobody holds this.
package final class OpenDescriptor: Sendable {
    /// To be used, or duplicated, only while this is held.
    package let number: CInt

    private static let pieceBytes = 256 << 10

    /// Takes over `number`.
    init(_ number: CInt) {
        self.number = number
    }

    deinit {
        // The file was only read: nothing can be lost by a close that fails.
        _ = close(number)
    }

    /// Brings the bytes at `offsets` into the kernel's cache, and waits until they are there.
    ///
    /// - Throws: `SFSError` with code `.io` when the disk fails, `.corrupt` when the file has ended.
    func load(_ offsets: Range<Int64>) throws(SFSError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(
            byteCount: min(Self.pieceBytes, offsets.count), alignment: 4096)
        defer { buffer.deallocate() }
        var offset = offsets.lowerBound
        while offset < offsets.upperBound {
            let wanted = min(buffer.count, Int(offsets.upperBound - offset))
            let count = pread(number, buffer.baseAddress, wanted, off_t(offset))
            guard count >= 0 else { throw SFSError(.io, "a replica that is open cannot be read") }
            guard count > 0 else { throw SFSError(.corrupt, "a replica that is open was cut") }
            offset += Int64(count)
        }
    }
}
