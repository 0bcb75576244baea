import CLinux
import SFSFiles
import Testing

@Suite("CRC32C")
struct CRC32CTests {
    @Test(
        "gives the sums of RFC 3720 and of the usual check",
        arguments: [
            ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
            ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
            ((0..<32).map { UInt8($0) }, 0x46DD_794E),
            ((0..<32).map { 31 - UInt8($0) }, 0x113F_DB5C),
            (Array("123456789".utf8), 0xE306_9283),
            ([], 0),
        ] as [([UInt8], UInt32)])
    func knownVectors(bytes: [UInt8], expected: UInt32) {
        #expect(sum(bytes) == expected)
        #expect(sfs_crc32c_by_table(0, bytes, bytes.count) == expected)
    }

    @Test("is the same by instruction and by table, for all lengths and alignments")
    func instructionAndTable() {
        let bytes = testBytes(60_000)
        bytes.withUnsafeBytes { bytes in
            let lengths = Array(0...70) + [1535, 1536, 1537, 24_575, 24_576, 24_577, 50_001]
            for start in 0..<9 {
                for length in lengths {
                    let part = UnsafeRawBufferPointer(rebasing: bytes[start..<start + length])
                    let byTable = sfs_crc32c_by_table(7, part.baseAddress, part.count)
                    #expect(CRC32C.sum(of: part, after: 7) == byTable)
                }
            }
        }
    }

    @Test("of two runs put together is the combination of theirs", arguments: [0, 1, 4096, 9999])
    func combine(length: Int) {
        let bytes = testBytes(10_000)
        let (first, second) = (Array(bytes.dropLast(length)), Array(bytes.suffix(length)))
        #expect(CRC32C.combine(sum(first), sum(second), length: Int64(length)) == sum(bytes))
        #expect(sum(second, after: sum(first)) == sum(bytes))
    }
}
