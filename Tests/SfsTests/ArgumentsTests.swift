import SFSCore
import Testing

@Suite("Raw text")
struct RawTextTests {
    @Test(
        "gives back the very bytes",
        arguments: [
            [], Array("film ü 🎬".utf8), [0xFF], [0xC3], [0xE2, 0x82], [0x66, 0xFE, 0x6D],
            // The private characters that stand for bytes must not be mistaken for them.
            [0xF4, 0x8F, 0xBC, 0x80], [0xF4, 0x8F, 0xBF, 0xBF, 0xFF], [0xED, 0xA0, 0x80],
        ] as [[UInt8]])
    func roundTrip(bytes: [UInt8]) {
        #expect(RawText.bytes(of: RawText.string(from: bytes)) == bytes)
    }

    @Test("leaves UTF-8 as it is")
    func readable() {
        #expect(RawText.string(from: Array("film ü".utf8)) == "film ü")
    }

    @Test("gives every byte back")
    func everyByte() {
        let bytes = (0...255).map { UInt8($0) }
        #expect(RawText.bytes(of: RawText.string(from: bytes)) == bytes)
    }
}
