/// Tells what is in a container for sound and pictures: MP4 and QuickTime, Matroska, Ogg, ASF.
enum MediaContainer {
    /// The media type of a content that starts with `prefix`; `nil` when it is none of these.
    static func mediaType(_ prefix: [UInt8]) -> String? {
        if prefix.has("ftyp", at: 4) { return brands(prefix) }
        if prefix.starts(with: [0, 0, 0, 8]), prefix.has("wide", at: 4) {
            return "video/quicktime"
        }
        if prefix.first == 0, prefix.has("moov", at: 4) { return "video/quicktime" }
        if prefix.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) { return documentType(prefix) }
        if prefix.has("OggS\0", at: 0) { return streams(prefix) }
        if prefix.starts(with: advancedSystemsFormat) { return advancedSystems(prefix) }
        return nil
    }

    /// MP4 and its relatives name a brand, then others that a reader may take them for.
    private static func brands(_ prefix: [UInt8]) -> String? {
        guard let length = prefix.bigEndian(at: 0, size: 4), length >= 16 else {
            return nil
        }
        let end = min(length, prefix.count)
        let offsets = [8] + Array(stride(from: 16, to: end, by: 4))
        let brands = offsets.filter { $0 + 4 <= end }.map {
            String(decoding: prefix[$0..<($0 + 4)], as: UTF8.self)
        }
        guard let major = brands.first else { return nil }
        if let type = typeByBrand[major] { return type }
        switch major.prefix(3) {
        case "3gp", "3gs", "3gr", "3ge", "3gg": return "video/3gpp"
        case "3g2": return "video/3gpp2"
        default: break
        }
        // A picture may name the structure first and its coding later.
        if major == "mif1" || major == "msf1" {
            return brands.lazy.compactMap { pictureByBrand[$0] }.first ?? "image/heif"
        }
        return "video/mp4"
    }

    private static let pictureByBrand: [String: String] = [
        "avif": "image/avif", "avis": "image/avif",
        "heic": "image/heic", "heix": "image/heic", "heim": "image/heic", "heis": "image/heic",
        "hevc": "image/heic", "hevx": "image/heic",
    ]

    private static let typeByBrand: [String: String] = pictureByBrand.merging([
        "qt  ": "video/quicktime",
        "M4A ": "audio/mp4", "M4B ": "audio/mp4", "M4P ": "audio/mp4",
        "F4A ": "audio/mp4", "F4B ": "audio/mp4",
        "M4V ": "video/x-m4v", "M4VH": "video/x-m4v", "M4VP": "video/x-m4v",
        "F4V ": "video/x-f4v", "mjp2": "video/mj2",
    ]) { $1 }

    /// The `DocType` of an EBML header: identifier `42 82`, a length of one byte, the name.
    private static func documentType(_ prefix: [UInt8]) -> String? {
        guard let mark = Array(prefix.prefix(64)).firstIndex(of: [0x42, 0x82]) else { return nil }
        if prefix.has("webm", at: mark + 3) { return "video/webm" }
        return prefix.has("matroska", at: mark + 3) ? "video/x-matroska" : nil
    }

    /// Ogg starts with one page for each of its streams: a picture among them makes it a video.
    private static func streams(_ prefix: [UInt8]) -> String {
        let pictures = ["\u{80}theora", "BBCD\0", "\u{1}video\0"]
        if pictures.contains(where: { prefix.firstIndex(of: latin($0)) != nil }) {
            return "video/ogg"
        }
        let sounds = ["OpusHead", "\u{1}vorbis", "\u{7F}FLAC", "Speex   "]
        let isSound = sounds.contains { prefix.firstIndex(of: latin($0)) != nil }
        return isSound ? "audio/ogg" : "application/ogg"
    }

    private static func latin(_ text: String) -> [UInt8] {
        text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    }

    /// The header of Windows Media says of each stream what it is, by an identifier of 16 bytes.
    private static func advancedSystems(_ prefix: [UInt8]) -> String {
        if prefix.firstIndex(of: [0xC0, 0xEF, 0x19, 0xBC] + streamTail) != nil {
            return "video/x-ms-wmv"
        }
        let hasSound = prefix.firstIndex(of: [0x40, 0x9E, 0x69, 0xF8] + streamTail) != nil
        return hasSound ? "audio/x-ms-wma" : "video/x-ms-asf"
    }

    private static let advancedSystemsFormat: [UInt8] = [
        0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11,
    ]

    private static let streamTail: [UInt8] = [
        0x4D, 0x5B, 0xCF, 0x11, 0xA8, 0xFD, 0x00, 0x80, 0x5F, 0x5C, 0x44, 0x2B,
    ]
}
