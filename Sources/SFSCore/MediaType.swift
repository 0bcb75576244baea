/// Media types by file name extension, for the types that a store of files meets most.
package enum MediaType {
    /// What bytes are called when nothing is known of them.
    package static let unknown = "application/octet-stream"

    /// The media type for `fileExtension`, in any case; `unknown` when it is not in the table.
    package static func forExtension(_ fileExtension: String) -> String {
        byExtension[fileExtension.lowercased()] ?? unknown
    }

    /// The extension of a file name, without its dot and in lower case; `""` when it has none or
    /// one that may not be kept.
    package static func fileExtension(ofName name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "" }
        let text = name[name.index(after: dot)...].lowercased()
        return ContentAttributes.isExtension(text) ? text : ""
    }

    // Source: the IANA registry of media types, as Debian's /etc/mime.types lists it.
    private static let byExtension: [String: String] = [
        "aac": "audio/aac", "avi": "video/x-msvideo", "avif": "image/avif",
        "bin": unknown, "bmp": "image/bmp", "bz2": "application/x-bzip2",
        "c": "text/x-csrc", "css": "text/css", "csv": "text/csv",
        "deb": "application/vnd.debian.binary-package", "epub": "application/epub+zip",
        "flac": "audio/flac", "flv": "video/x-flv", "gif": "image/gif",
        "gz": "application/gzip", "htm": "text/html", "html": "text/html",
        "ico": "image/vnd.microsoft.icon", "jpeg": "image/jpeg", "jpg": "image/jpeg",
        "js": "text/javascript", "json": "application/json",
        "m3u8": "application/vnd.apple.mpegurl", "m4a": "audio/mp4", "m4s": "video/iso.segment",
        "m4v": "video/mp4", "md": "text/markdown", "mkv": "video/x-matroska",
        "mov": "video/quicktime", "mp3": "audio/mpeg", "mp4": "video/mp4",
        "mpd": "application/dash+xml", "mpeg": "video/mpeg", "mpg": "video/mpeg",
        "ogg": "audio/ogg", "ogv": "video/ogg", "opus": "audio/ogg", "otf": "font/otf",
        "pdf": "application/pdf", "png": "image/png", "rar": "application/vnd.rar",
        "srt": "application/x-subrip", "svg": "image/svg+xml", "tar": "application/x-tar",
        "tif": "image/tiff", "tiff": "image/tiff", "ts": "video/mp2t", "ttf": "font/ttf",
        "txt": "text/plain", "vtt": "text/vtt", "wasm": "application/wasm",
        "wav": "audio/x-wav", "webm": "video/webm", "webp": "image/webp", "woff": "font/woff",
        "woff2": "font/woff2", "xml": "application/xml", "xz": "application/x-xz",
        "yaml": "application/yaml", "yml": "application/yaml", "zip": "application/zip",
        "zst": "application/zstd",
    ]
}
