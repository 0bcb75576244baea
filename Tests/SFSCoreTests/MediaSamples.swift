import Testing

/// The beginnings of files of many kinds, made by hand from their specifications.
enum MediaSamples {
    struct Sample: Sendable, CustomTestStringConvertible {
        let mediaType: String
        let note: String
        let bytes: [UInt8]
        var testDescription: String { "\(mediaType) \(note)" }
    }

    /// The bytes of the sample of `mediaType` with that note.
    static func bytes(for mediaType: String, _ note: String = "") -> [UInt8] {
        all.first { $0.mediaType == mediaType && $0.note == note }?.bytes ?? []
    }

    static let all: [Sample] = images + containers + frames + archives + others

    private static func sample(
        _ mediaType: String, _ bytes: [UInt8], _ note: String = ""
    ) -> Sample { Sample(mediaType: mediaType, note: note, bytes: bytes) }

    /// The bytes of `text`, each of its characters below 256 as one byte.
    private static func raw(_ text: String) -> [UInt8] {
        text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    }

    private static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

    private static let images = [
        sample("image/jpeg", [0xFF, 0xD8, 0xFF, 0xE0] + raw("\0\u{10}JFIF")),
        sample("image/png", [0x89] + raw("PNG\r\n\u{1A}\n")),
        sample("image/gif", raw("GIF89a\u{1}\0\u{1}\0")),
        sample("image/tiff", raw("II*\0\u{8}\0\0\0")),
        sample("image/tiff", raw("MM\0*\0\0\0\u{8}"), "big-endian"),
        sample("image/webp", raw("RIFF\u{1}\u{2}\0\0WEBPVP8 ")),
        sample("image/bmp", raw("BM\u{46}\0\0\0\0\0\0\0\u{36}\0\0\0\u{28}\0\0\0")),
        sample(
            "image/x-icon",
            raw("\0\0\u{1}\0\u{1}\0\u{10}\u{10}\0\0\u{1}\0\u{20}\0\u{68}\u{4}\0\0\u{16}\0\0\0")),
        sample("image/vnd.adobe.photoshop", raw("8BPS\0\u{1}")),
    ]

    private static func brands(_ major: String, _ others: String = "isom") -> [UInt8] {
        [0, 0, 0, UInt8(16 + others.utf8.count)] + raw("ftyp\(major)\0\0\0\u{1}\(others)")
    }

    private static func page(_ packet: String) -> [UInt8] {
        raw("OggS\0\u{2}") + zeros(20) + [1, UInt8(packet.unicodeScalars.count)] + raw(packet)
    }

    private static let asf: [UInt8] = [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11]
    private static let asfTail: [UInt8] = [
        0x4D, 0x5B, 0xCF, 0x11, 0xA8, 0xFD, 0x00, 0x80, 0x5F, 0x5C, 0x44, 0x2B,
    ]

    private static let containers = [
        sample("video/mp4", brands("isom", "isomiso2avc1mp41")),
        sample("video/mp4", brands("mp42"), "mp42"),
        sample("audio/mp4", brands("M4A ")),
        sample("video/x-m4v", brands("M4V ")),
        sample("video/quicktime", brands("qt  ", "qt  ")),
        sample("video/quicktime", raw("\0\0\u{1}\0moov\0\0\0\u{6C}mvhd"), "without a brand"),
        sample("video/3gpp", brands("3gp5")),
        sample("video/3gpp2", brands("3g2a")),
        sample("image/avif", brands("avif", "mif1miaf")),
        sample("image/avif", brands("mif1", "miafavif"), "by its other brands"),
        sample("image/heic", brands("heic", "mif1")),
        sample("image/heif", brands("mif1", "miaf")),
        sample(
            "video/webm",
            raw("\u{1A}\u{45}\u{DF}\u{A3}\u{9F}\u{42}\u{86}\u{81}\u{1}\u{42}\u{82}\u{84}webm")),
        sample("video/x-matroska", raw("\u{1A}\u{45}\u{DF}\u{A3}\u{A3}\u{42}\u{82}\u{88}matroska")),
        sample("video/x-msvideo", raw("RIFF\u{1}\u{2}\0\0AVI LIST")),
        sample("audio/x-wav", raw("RIFF\u{1}\u{2}\0\0WAVEfmt ")),
        sample("audio/x-aiff", raw("FORM\0\0\u{1}\0AIFFCOMM")),
        sample("audio/ogg", page("OpusHead\u{1}\u{2}"), "Opus"),
        sample("audio/ogg", page("\u{1}vorbis\0\0"), "Vorbis"),
        sample("video/ogg", page("\u{80}theora\u{3}")),
        sample("video/ogg", page("\u{1}vorbis\0\0") + page("\u{80}theora\u{3}"), "sound first"),
        sample("application/ogg", page("something")),
        sample("video/x-ms-wmv", asf + zeros(40) + [0xC0, 0xEF, 0x19, 0xBC] + asfTail),
        sample("audio/x-ms-wma", asf + zeros(40) + [0x40, 0x9E, 0x69, 0xF8] + asfTail),
        sample("video/x-ms-asf", asf + zeros(40)),
        sample("video/x-flv", raw("FLV\u{1}\u{5}")),
    ]

    /// 128 kbit/s at 44.1 kHz: frames of 417 bytes.
    private static let soundFrame = [0xFF, 0xFB, 0x90, 0x64] + zeros(413)
    /// An ADTS head that says 64 bytes.
    private static let aacFrame = [0xFF, 0xF1, 0x50, 0x80, 0x08, 0x1F, 0xFC] + zeros(57)

    private static let frames = [
        sample("audio/mpeg", raw("ID3\u{4}\0\0\0\0\u{1}\u{10}"), "tag"),
        sample("audio/mpeg", soundFrame + soundFrame, "frames"),
        sample("audio/mpeg", [0xFF, 0xF3, 0x40, 0xC4] + zeros(100), "MPEG 2, one frame"),
        sample("audio/aac", aacFrame + aacFrame),
        sample("video/mp2t", ([0x47, 0x40] + zeros(186)) + ([0x47, 0x40] + zeros(186))),
        sample("video/mpeg", [0, 0, 1, 0xBA, 0x44]),
        sample("audio/x-flac", raw("fLaC\0\0\0\u{22}")),
        sample("audio/midi", raw("MThd\0\0\0\u{6}\0\u{1}")),
        sample("audio/amr", raw("#!AMR\n")),
    ]

    private static func member(_ name: String, _ body: String = "") -> [UInt8] {
        let size = UInt8(body.utf8.count)
        return raw("PK\u{3}\u{4}\u{14}\0\0\0\0\0") + zeros(8) + [size, 0, 0, 0, size, 0, 0, 0]
            + [UInt8(name.utf8.count), 0, 0, 0] + raw(name + body)
    }

    private static let office = "application/vnd.openxmlformats-officedocument"

    private static let archives = [
        sample("application/zip", member("a.txt", "hello")),
        sample("application/zip", raw("PK\u{5}\u{6}") + zeros(18), "empty"),
        sample("application/zip", member("mimetype", "text/html"), "with a type of no archive"),
        sample("application/epub+zip", member("mimetype", "application/epub+zip")),
        sample(
            "application/vnd.oasis.opendocument.text",
            member("mimetype", "application/vnd.oasis.opendocument.text")),
        sample(
            "\(office).wordprocessingml.document",
            member("[Content_Types].xml", "<a/>") + member("word/document.xml")),
        sample("\(office).spreadsheetml.sheet", member("_rels/.rels") + member("xl/workbook.xml")),
        sample("application/java-archive", member("META-INF/MANIFEST.MF")),
        sample("application/gzip", [0x1F, 0x8B, 8, 0]),
        sample("application/x-bzip2", raw("BZh91AY&SY\u{1}")),
        sample("application/x-xz", [0xFD] + raw("7zXZ\0\0")),
        sample("application/zstd", [0x28, 0xB5, 0x2F, 0xFD]),
        sample("application/x-7z-compressed", raw("7z\u{BC}\u{AF}\u{27}\u{1C}")),
        sample("application/x-rar-compressed", raw("Rar!\u{1A}\u{7}\u{1}\0")),
        sample("application/x-tar", raw("a.txt") + zeros(252) + raw("ustar\0" + "00")),
        sample("application/x-debian-package", raw("!<arch>\ndebian-binary   ")),
    ]

    private static let others = [
        sample("application/pdf", raw("%PDF-1.7\n")),
        sample("application/postscript", raw("%!PS-Adobe-3.0\n")),
        sample("application/rtf", raw("{\\rtf1\\ansi")),
        sample("application/x-elf", raw("\u{7F}ELF\u{2}")),
        sample("application/wasm", raw("\0asm\u{1}\0\0\0")),
        sample(
            "application/x-msdownload", raw("MZ") + zeros(58) + [0x40, 0, 0, 0] + raw("PE\0\0")),
        sample("application/x-shockwave-flash", raw("CWS\u{A}\0\0\0\0")),
        sample("application/vnd.sqlite3", raw("SQLite format 3\0")),
        sample("font/woff", raw("wOFF\0\u{1}\0\0")),
        sample("font/woff2", raw("wOF2\0\u{1}\0\0")),
        sample("font/ttf", raw("\0\u{1}\0\0\0\u{10}")),
        sample("font/otf", raw("OTTO\0\u{A}")),
    ]
}
