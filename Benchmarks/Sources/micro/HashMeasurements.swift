import NIOCore
import SFSCore
import SFSFiles

/// All algorithms, on one core.
enum HashMeasurements {
    static func run() throws {
        let size = 1 << 20
        let buffer = ByteBuffer(repeating: 0x5A, count: size)
        for algorithm in HashAlgorithm.allCases {
            try Measured.time("hash \(algorithm.rawValue), 1 MiB", bytes: size) {
                let hasher = try ContentHasher(algorithm)
                hasher.update(buffer)
                _ = try hasher.finish()
            }
        }
        try Measured.time("hash sha1, 4 KiB", bytes: 4096) {
            let hasher = try ContentHasher(.sha1)
            hasher.update(ByteBuffer(repeating: 1, count: 4096))
            _ = try hasher.finish()
        }
        buffer.withUnsafeReadableBytes { bytes in
            Measured.time("crc32c, 1 MiB", bytes: size) { _ = CRC32C.sum(of: bytes) }
        }
    }
}
