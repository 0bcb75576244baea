import CLinux

/// CRC32C (Castagnoli) sums, with the processor's instruction where there is one.
package enum CRC32C {
    /// The sum of the bytes that gave `sum`, followed by `bytes`; 0 is the sum of no bytes.
    package static func sum(of bytes: UnsafeRawBufferPointer, after sum: UInt32 = 0) -> UInt32 {
        sfs_crc32c(sum, bytes.baseAddress, bytes.count)
    }

    /// The sum of two runs of bytes put together; `length` is that of the second one.
    package static func combine(_ first: UInt32, _ second: UInt32, length: Int64) -> UInt32 {
        sfs_crc32c_combine(first, second, UInt64(length))
    }
}
