/// Random numbers that a seed repeats (SplitMix64).
package struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// `label` gives each part of a campaign numbers of its own, so that one part can be replayed
    /// without the others.
    package init(seed: UInt64, label: String = "") {
        state = label.utf8.reduce(seed &+ 0x9E37_79B9_7F4A_7C15) { state, byte in
            (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    /// `count` bytes.
    package mutating func bytes(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var index = 0
        while index < count {
            withUnsafeBytes(of: next()) { word in
                for byte in word.prefix(count - index) {
                    bytes[index] = byte
                    index += 1
                }
            }
        }
        return bytes
    }
}
