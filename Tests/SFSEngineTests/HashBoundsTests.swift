import SFSCore
import Testing

@testable import SFSEngine

@Suite("The bounds of a prefix")
struct HashBoundsTests {
    @Test(
        "are the bytes from the first hash on and below what comes after the last",
        arguments: [
            ("a", [0xa0], [0xb0]), ("ab", [0xab], [0xac]), ("abc", [0xab, 0xc0], [0xab, 0xd0]),
            ("af", [0xaf], [0xb0]), ("0FF", [0x0f, 0xf0], [0x10]), ("f", [0xf0], nil),
            ("ffff", [0xff, 0xff], nil),
        ] as [(String, [UInt8], [UInt8]?)])
    func bounds(prefix: String, lower: [UInt8], upper: [UInt8]?) throws {
        let bounds = try HashBounds(prefix: prefix)
        #expect(bounds.lower == lower)
        #expect(bounds.upper == upper)
    }

    @Test("hold exactly the hashes that begin so")
    func anyHash() throws {
        for _ in 0..<2000 {
            let bytes = (0..<20).map { _ in UInt8.random(in: 0...255) & 0xf3 | 0xc0 }
            let hash = try ContentHash(bytes: bytes)
            let other = bytes.map { $0 ^ UInt8.random(in: 0...3) }
            let prefix = try ContentHash(bytes: other).hex.prefix(Int.random(in: 1...6))
            let bounds = try HashBounds(prefix: String(prefix))
            let isAbove = !bytes.lexicographicallyPrecedes(bounds.lower)
            let isBelow = bounds.upper.map { bytes.lexicographicallyPrecedes($0) } ?? true
            #expect((isAbove && isBelow) == hash.hex.hasPrefix(prefix))
        }
    }
}
