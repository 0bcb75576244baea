import NIOCore
import Testing

import SFSHTTP

@Suite("Blocks that are warm")
struct WarmBlocksTests {
    private static let block: Int64 = 64 << 10
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    @Test("are those that were found, of that file, for a time")
    func found() {
        var blocks = WarmBlocks()
        #expect(!blocks.contains(0..<1, of: 1, at: start))
        blocks.insert(Self.block..<3 * Self.block, of: 1, at: start)
        #expect(blocks.contains(Self.block..<3 * Self.block, of: 1, at: start))
        #expect(blocks.contains(Self.block + 5..<Self.block + 6, of: 1, at: start))
        #expect(!blocks.contains(Self.block - 1..<Self.block + 1, of: 1, at: start))
        #expect(!blocks.contains(3 * Self.block - 1..<3 * Self.block + 1, of: 1, at: start))
        #expect(!blocks.contains(Self.block..<2 * Self.block, of: 2, at: start))
        #expect(blocks.contains(Self.block..<2 * Self.block, of: 1, at: start + .seconds(4)))
        #expect(!blocks.contains(Self.block..<2 * Self.block, of: 1, at: start + .seconds(6)))
    }

    @Test("are whole, and end with the file")
    func whole() {
        #expect(WarmBlocks.whole(5..<6, of: 100) == 0..<100)
        #expect(
            WarmBlocks.whole(Self.block..<Self.block + 1, of: 1 << 30) == Self.block..<2
                * Self.block)
        #expect(WarmBlocks.whole(Self.block - 1..<Self.block + 1, of: 100_000) == 0..<100_000)
    }

    @Test("are never taken for others, however many there are")
    func many() {
        var blocks = WarmBlocks()
        for file in UInt32(1)...100 {
            blocks.insert(0..<1000 * Self.block, of: file, at: start)
        }
        // Those of the last file pushed out those of the first ones, and are nearly all there.
        let last = (Int64(0)..<1000).count { number in
            blocks.contains(number * Self.block..<(number + 1) * Self.block, of: 100, at: start)
        }
        #expect(last > 900)
        for file in UInt32(101)...200 {
            #expect(!blocks.contains(0..<Self.block, of: file, at: start))
        }
    }
}
