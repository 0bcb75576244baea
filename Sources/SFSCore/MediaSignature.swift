/// Bytes at fixed places by which a kind of file is known, and the media type that they show.
struct MediaSignature: Sendable {
    /// What stands where, from the start of the content.
    private let marks: [(offset: Int, bytes: [UInt8])]
    let mediaType: String

    private init(_ bytes: [UInt8], _ mediaType: String) {
        marks = [(0, bytes)]
        self.mediaType = mediaType
    }

    private init(_ text: String, at offset: Int = 0, _ mediaType: String) {
        marks = [(offset, Array(text.utf8))]
        self.mediaType = mediaType
    }

    /// A container's name, its length and the name of what is in it.
    private init(_ container: String, of form: String, _ mediaType: String) {
        marks = [(0, Array(container.utf8)), (8, Array(form.utf8))]
        self.mediaType = mediaType
    }

    /// Whether a content that starts with `prefix` is of this kind.
    func matches(_ prefix: [UInt8]) -> Bool {
        marks.allSatisfy { prefix.dropFirst($0.offset).starts(with: $0.bytes) }
    }

    // Sources: the specifications of the formats, and file(1)'s magic for those without. Only what
    // text or other files do not begin with by chance.
    static let all: [MediaSignature] = images + sound + documents + archives + programs

    private static let images = [
        MediaSignature([0xFF, 0xD8, 0xFF], "image/jpeg"),
        MediaSignature([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
        MediaSignature("GIF87a", "image/gif"),
        MediaSignature("GIF89a", "image/gif"),
        MediaSignature("II*\0", "image/tiff"),
        MediaSignature("MM\0*", "image/tiff"),
        MediaSignature("II+\0", "image/tiff"),
        MediaSignature("RIFF", of: "WEBP", "image/webp"),
        MediaSignature("8BPS\0", "image/vnd.adobe.photoshop"),
        MediaSignature("AT&TFORM", "image/vnd.djvu"),
        MediaSignature([0, 0, 0, 12, 0x6A, 0x50, 0x20, 0x20, 13, 10, 0x87, 10], "image/jp2"),
        MediaSignature([0, 0, 0, 12, 0x4A, 0x58, 0x4C, 0x20, 13, 10, 0x87, 10], "image/jxl"),
    ]

    private static let sound = [
        MediaSignature("RIFF", of: "WAVE", "audio/x-wav"),
        MediaSignature("RF64", of: "WAVE", "audio/x-wav"),
        MediaSignature("FORM", of: "AIFF", "audio/x-aiff"),
        MediaSignature("FORM", of: "AIFC", "audio/x-aiff"),
        MediaSignature("fLaC", "audio/x-flac"),
        MediaSignature("MThd\0\0\0\u{6}", "audio/midi"),
        MediaSignature("#!AMR", "audio/amr"),
        MediaSignature("RIFF", of: "AVI ", "video/x-msvideo"),
        MediaSignature("FLV\u{1}", "video/x-flv"),
        MediaSignature([0, 0, 1, 0xBA], "video/mpeg"),
        MediaSignature([0, 0, 1, 0xB3], "video/mpeg"),
    ]

    private static let documents = [
        MediaSignature("%PDF-", "application/pdf"),
        MediaSignature("%!PS-Adobe", "application/postscript"),
        MediaSignature("{\\rtf1", "application/rtf"),
        MediaSignature("wOFF", "font/woff"),
        MediaSignature("wOF2", "font/woff2"),
        MediaSignature("OTTO\0", "font/otf"),
        MediaSignature([0, 1, 0, 0, 0], "font/ttf"),
        MediaSignature("ttcf\0", "font/collection"),
        MediaSignature("SQLite format 3\0", "application/vnd.sqlite3"),
    ]

    private static let archives = [
        MediaSignature([0x1F, 0x8B, 8], "application/gzip"),
        MediaSignature([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "application/x-xz"),
        MediaSignature([0x28, 0xB5, 0x2F, 0xFD], "application/zstd"),
        MediaSignature([4, 0x22, 0x4D, 0x18], "application/x-lz4"),
        MediaSignature([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "application/x-7z-compressed"),
        MediaSignature("Rar!\u{1A}\u{7}", "application/x-rar-compressed"),
        MediaSignature("MSCF\0\0\0\0", "application/vnd.ms-cab-compressed"),
        MediaSignature("!<arch>\ndebian-binary", "application/x-debian-package"),
        MediaSignature([0xED, 0xAB, 0xEE, 0xDB], "application/x-redhat-package-manager"),
        MediaSignature("ustar", at: 257, "application/x-tar"),
    ]

    private static let programs = [
        MediaSignature([0x7F, 0x45, 0x4C, 0x46], "application/x-elf"),
        MediaSignature([0, 0x61, 0x73, 0x6D], "application/wasm"),
    ]
}
