package import NIOCore

/// Which blocks of which files were found in the kernel's cache lately, so that they need no look
/// before they are sent.
///
/// It has a fixed size: of two blocks that have the same place in it the later one is known.
package struct WarmBlocks {
    private struct Slot {
        var block: UInt64
        var time: NIODeadline
    }

    /// Bytes of a block.
    private static let blockBytes: Int64 = 64 << 10
    /// For how long pages that were in memory are taken to be there still.
    private static let life: TimeAmount = .seconds(5)
    private static let slotBits = 14

    /// Empty until the first block is found: prisms send no files.
    private var slots: [Slot] = []

    /// None is known.
    package init() {}

    /// `range` of a file of `size` bytes, made larger so that it has whole blocks.
    package static func whole(_ range: Range<Int64>, of size: Int64) -> Range<Int64> {
        let end = (range.upperBound + blockBytes - 1) / blockBytes * blockBytes
        return range.lowerBound / blockBytes * blockBytes..<min(end, size)
    }

    /// Whether all blocks at `range` of a file were found in memory not long before `now`.
    package func contains(_ range: Range<Int64>, of file: UInt32, at now: NIODeadline) -> Bool {
        guard !slots.isEmpty else { return false }
        return Self.blocks(range, file).allSatisfy { block in
            let slot = slots[Self.place(block)]
            return slot.block == block && now - slot.time < Self.life
        }
    }

    /// Notes that the blocks at `range` of a file, which is not number 0, are in memory.
    package mutating func insert(_ range: Range<Int64>, of file: UInt32, at now: NIODeadline) {
        if slots.isEmpty {
            slots = Array(
                repeating: Slot(block: 0, time: .uptimeNanoseconds(0)), count: 1 << Self.slotBits)
        }
        for block in Self.blocks(range, file) {
            slots[Self.place(block)] = Slot(block: block, time: now)
        }
    }

    /// A number for each block: that of its file, and where it is in it.
    private static func blocks(_ range: Range<Int64>, _ file: UInt32) -> ClosedRange<UInt64> {
        let first = UInt64(file) << 32
        return first + UInt64(range.lowerBound / blockBytes)...first
            + UInt64((range.upperBound - 1) / blockBytes)
    }

    /// Spreads neighbours, and equal places in different files, over the slots.
    private static func place(_ block: UInt64) -> Int {
        Int((block &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - slotBits))
    }
}
