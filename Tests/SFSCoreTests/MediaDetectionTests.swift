import SFSCore
import Testing

@Suite("The first bytes of a content")
struct MediaDetectionTests {
    @Test("show what it is", arguments: MediaSamples.all)
    func samples(sample: MediaSamples.Sample) {
        #expect(MediaType.detect(sample.bytes) == sample.mediaType)
    }

    @Test(
        "show nothing when they are text",
        arguments: [
            "", "<", "<?xml version=\"1.0\"?><a/>", "<!DOCTYPE html><html></html>", "<svg></svg>",
            "{\"a\":1}", "BM is short for benchmark, and BMW for a car", "MZ", "BZh is a mark",
            "FWS report of the year", "ID3 is a tag", "GIF", "RIFF and raff, WAVE", "OggS",
            "moov", "Goodbye", "PK", "%PDF",
        ])
    func texts(text: String) {
        #expect(MediaType.detect(Array(text.utf8)) == nil)
    }

    @Test("show nothing in UTF-16 and in compound files, where the name knows more")
    func shared() {
        #expect(MediaType.detect([0xFF, 0xFE, 0x41, 0, 0x42, 0, 0x43, 0]) == nil)
        #expect(MediaType.detect([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) == nil)
    }

    @Test("may end anywhere", arguments: MediaSamples.all)
    func cut(sample: MediaSamples.Sample) {
        for count in 0..<min(sample.bytes.count, 600) {
            let found = MediaType.detect(sample.bytes.prefix(count))
            #expect(found.map(ContentAttributes.isMediaType) ?? true)
        }
    }

    @Test("need a second frame where a first one ends")
    func frames() {
        var sound = MediaSamples.bytes(for: "audio/mpeg", "frames")
        sound[417] = 0
        #expect(MediaType.detect(sound) == nil)
        var packets = MediaSamples.bytes(for: "video/mp2t")
        packets[188] = 0
        #expect(MediaType.detect(packets) == nil)
    }

    @Test("never crash on noise")
    func noise() {
        var generator = SystemRandomNumberGenerator()
        for sample in MediaSamples.all {
            for _ in 0..<50 {
                var bytes = sample.bytes
                for _ in 0..<4 where !bytes.isEmpty {
                    bytes[Int.random(in: 0..<bytes.count, using: &generator)] =
                        UInt8.random(in: 0...255, using: &generator)
                }
                let found = MediaType.detect(bytes)
                #expect(found.map(ContentAttributes.isMediaType) ?? true)
            }
        }
    }
}
