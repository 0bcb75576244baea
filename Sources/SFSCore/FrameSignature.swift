/// Tells formats that are nothing but frames: MPEG sound, AAC and MPEG transport streams.
///
/// Their marks are short, so a second frame must follow where the first one ends, if the prefix
/// reaches that far.
enum FrameSignature {
    /// The media type of a content that starts with `prefix`; `nil` when it is none of these.
    static func mediaType(_ prefix: [UInt8]) -> String? {
        if prefix.has("ID3", at: 0), prefix.count >= 10, (2...4).contains(prefix[3]),
            prefix[4] < 0xFF,
            prefix[6..<10].allSatisfy({ $0 < 0x80 })
        {
            return "audio/mpeg"
        }
        if prefix.has("ADIF", at: 0) { return "audio/aac" }
        if repeats(prefix, { layeredLength(prefix, at: $0) }) { return "audio/mpeg" }
        if repeats(prefix, { advancedLength(prefix, at: $0) }) { return "audio/aac" }
        // Packets of 188 bytes; in Blu-ray's form four bytes stand before each.
        if isTransport(prefix, first: 0, distance: 188) { return "video/mp2t" }
        return isTransport(prefix, first: 4, distance: 192) ? "video/mp2t" : nil
    }

    /// Whether there is a frame at the start, and another one behind it as far as can be seen.
    private static func repeats(_ prefix: [UInt8], _ length: (Int) -> Int?) -> Bool {
        guard let first = length(0) else { return false }
        return first + 8 > prefix.count || length(first) != nil
    }

    /// How long the frame of MPEG sound, layer II or III, at `start` is; `nil` when there is none.
    private static func layeredLength(_ prefix: [UInt8], at start: Int) -> Int? {
        guard start + 4 <= prefix.count, prefix[start] == 0xFF, prefix[start + 1] & 0xE0 == 0xE0
        else { return nil }
        let version = prefix[start + 1] >> 3 & 3  // 3: MPEG 1, 2: MPEG 2, 0: MPEG 2.5
        let layer = prefix[start + 1] >> 1 & 3  // 2: layer II, 1: layer III
        let rateIndex = Int(prefix[start + 2] >> 4)
        let frequencyIndex = Int(prefix[start + 2] >> 2 & 3)
        let padding = Int(prefix[start + 2] >> 1 & 1)
        guard version != 1, layer == 1 || layer == 2, (1...14).contains(rateIndex),
            frequencyIndex < 3
        else { return nil }
        let rates = version == 3 ? (layer == 2 ? layerTwoRates : layerThreeRates) : halfRates
        let frequency = [44_100, 48_000, 32_000][frequencyIndex] >> [2, 0, 1, 0][Int(version)]
        let samplesPerBit = version != 3 && layer == 1 ? 72 : 144
        return samplesPerBit * rates[rateIndex] * 1000 / frequency + padding
    }

    // Kilobits per second by index (ISO 11172-3 table B.2, ISO 13818-3 for the lower frequencies).
    private static let layerTwoRates = [
        0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384,
    ]
    private static let layerThreeRates = [
        0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320,
    ]
    private static let halfRates = [
        0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160,
    ]

    /// How long the ADTS frame of AAC at `start` is; `nil` when there is none.
    private static func advancedLength(_ prefix: [UInt8], at start: Int) -> Int? {
        guard start + 7 <= prefix.count, prefix[start] == 0xFF, prefix[start + 1] & 0xF6 == 0xF0,
            prefix[start + 2] >> 2 & 15 < 13
        else { return nil }
        let length =
            Int(prefix[start + 3] & 3) << 11 | Int(prefix[start + 4]) << 3
            | Int(prefix[start + 5] >> 5)
        return length > 7 ? length : nil
    }

    private static func isTransport(_ prefix: [UInt8], first: Int, distance: Int) -> Bool {
        let marks = Array(stride(from: first, to: prefix.count, by: distance).prefix(5))
        return marks.count > 1 && marks.allSatisfy { prefix[$0] == 0x47 }
    }
}
