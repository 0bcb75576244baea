import SFSCore
import SFSFiles
import Testing

@Suite("Block sums")
struct BlockSumsTests {
    private static let blockSize = Int(BlockSums.blockSizeMinimum)

    private func sums(of bytes: [UInt8], pieces: Int) -> BlockSums {
        var builder = BlockSumBuilder()
        for start in stride(from: 0, to: bytes.count, by: pieces) {
            let end = min(start + pieces, bytes.count)
            bytes.withUnsafeBytes {
                builder.append(UnsafeRawBufferPointer(rebasing: $0[start..<end]))
            }
        }
        return builder.finish()
    }

    @Test("are those of the blocks, however the bytes came", arguments: [1000, 262_144, 1_000_000])
    func pieces(size: Int) {
        let bytes = testBytes(2 * Self.blockSize + 5)
        let sums = sums(of: bytes, pieces: size)
        #expect(sums.length == Int64(bytes.count))
        #expect(
            sums.sums == [
                sum(Array(bytes[..<Self.blockSize])),
                sum(Array(bytes[Self.blockSize..<2 * Self.blockSize])),
                sum(Array(bytes[(2 * Self.blockSize)...])),
            ])
    }

    @Test("of no bytes are none")
    func empty() throws {
        let sums = BlockSumBuilder().finish()
        #expect(sums.sums.isEmpty)
        #expect(try BlockSums(encoded: sums.encoded) == sums)
    }

    @Test("merged because there were too many are those of the larger blocks")
    func merged() throws {
        // Each MiB differs from the others by where it starts in the same bytes.
        let pattern = testBytes((1 << 20) + 997)
        let pieces = (0..<190).map { index in Array(pattern[index * 5..<index * 5 + (1 << 20)]) }
        var builder = BlockSumBuilder()
        for piece in pieces { piece.withUnsafeBytes { builder.append($0) } }
        let tail = Array(pattern.prefix(300_000))
        tail.withUnsafeBytes { builder.append($0) }
        let sums = builder.finish()

        let larger = 2 * Self.blockSize
        #expect(sums.blockSize == Int64(larger))
        let halves = pieces.flatMap {
            [sum(Array($0.prefix(larger))), sum(Array($0.suffix(larger)))]
        }
        #expect(sums.sums == halves + [sum(tail)])
        let last: Range<Int64> = (190 << 20)..<(190 << 20) + 300_000
        #expect(sums.offsets(ofBlock: 380) == last)
        #expect(try BlockSums(encoded: sums.encoded) == sums)
    }

    @Test("made coarser keep an odd block at the end")
    func coarser() {
        let bytes = testBytes(2 * Self.blockSize + 1234)
        let coarser = sums(of: bytes, pieces: 99_999).coarser()
        #expect(coarser.blockSize == Int64(2 * Self.blockSize))
        #expect(
            coarser.sums == [
                sum(Array(bytes[..<(2 * Self.blockSize)])),
                sum(Array(bytes[(2 * Self.blockSize)...])),
            ])
        #expect(coarser.coarser().sums == [sum(bytes)])
    }

    @Test("never take more than three quarters of ext4's room for attributes")
    func room() {
        #expect(12 + 4 * BlockSums.countMaximum + 4 <= 3072)
        #expect(BlockSums.countMaximum.isMultiple(of: 2))
    }

    @Test("refuse any flipped bit and any cut")
    func damage() {
        let encoded = sums(of: testBytes(Self.blockSize + 1), pieces: 5000).encoded
        for index in encoded.indices {
            var damaged = encoded
            damaged[index] ^= 0x10
            #expect(throws: SFSError.self) { try BlockSums(encoded: damaged) }
            #expect(throws: SFSError.self) { try BlockSums(encoded: Array(encoded[..<index])) }
        }
    }
}
