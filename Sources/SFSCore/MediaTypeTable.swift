/// Which extensions belong to which media type, read once from the two lists below.
struct MediaTypeTable: Sendable {
    static let standard = MediaTypeTable(lists: [newer, npm])

    let typeByExtension: [String: String]
    let extensionByType: [String: String]

    /// Reads lines of a type and its extensions.
    ///
    /// A type's first extension is the one to give it. Of several types that share an extension,
    /// the last one has it, as in npm's.
    private init(lists: [String]) {
        var types: [String: String] = [:]
        var extensions: [String: String] = [:]
        for line in lists.flatMap({ $0.split(separator: "\n") }) {
            let words = line.split(separator: " ").map(String.init)
            guard let type = words.first else { continue }
            for word in words.dropFirst() { types[word] = type }
            extensions[type] = words.dropFirst().first
        }
        typeByExtension = types
        extensionByType = extensions
    }

    // Types that npm's table did not have yet, and other names for those that it has. Source: the
    // IANA registry of media types.
    private static let newer = """
        application/manifest+json webmanifest
        application/toml toml
        application/vnd.rar rar
        application/vnd.sqlite3 sqlite sqlite3
        application/wasm wasm
        application/x-elf elf
        application/x-lz4 lz4
        application/x-sqlite3 sqlite
        application/yaml yaml yml
        application/zstd zst
        audio/aac aac
        audio/aiff aif
        audio/amr amr
        audio/flac flac
        audio/m4a m4a
        audio/opus opus
        audio/ogg opus
        audio/vnd.wave wav
        audio/x-ms-wma wma
        font/collection ttc
        font/ttf ttf
        font/woff woff
        font/woff2 woff2
        image/avif avif
        image/heic heic
        image/heif heif
        image/jp2 jp2 jpg2
        image/jpg jpeg
        image/jxl jxl
        image/vnd.microsoft.icon ico
        model/stl stl
        text/javascript js
        text/typescript mts cts
        video/avi avi
        video/iso.segment m4s
        video/matroska mkv
        """
}
