import Glibc

/// The kernel's random numbers, some hundred bytes with one call.
///
/// The system's own generator makes a call for every number.
package struct KernelRandom: RandomNumberGenerator {
    private static let wordCount = 32

    private var words: [UInt64] = []

    package init() {}

    package mutating func next() -> UInt64 {
        if let word = words.popLast() { return word }
        words = [UInt64](unsafeUninitializedCapacity: Self.wordCount) { buffer, count in
            // Up to 256 bytes come whole, or not at all.
            let size = Self.wordCount * MemoryLayout<UInt64>.size
            count = getentropy(buffer.baseAddress, size) == 0 ? Self.wordCount : 0
        }
        guard let word = words.popLast() else {
            var generator = SystemRandomNumberGenerator()
            return generator.next()
        }
        return word
    }
}
