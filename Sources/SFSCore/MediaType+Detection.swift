extension MediaType {
    /// How many first bytes `detect(_:)` looks at.
    package static let prefixLength = 8 << 10

    /// The media type that the first bytes of a content show; `nil` when they show none.
    ///
    /// Text of any kind shows none (HTML, XML, SVG and JSON too), and neither do formats that many
    /// kinds of files share, such as Microsoft's compound files: there the file's name knows more.
    package static func detect(_ prefix: some Collection<UInt8>) -> String? {
        let prefix = Array(prefix.prefix(prefixLength))
        return MediaSignature.all.first { $0.matches(prefix) }?.mediaType
            ?? MediaContainer.mediaType(prefix)
            ?? ZipSignature.mediaType(prefix)
            ?? FrameSignature.mediaType(prefix)
            ?? HeaderSignature.mediaType(prefix)
    }
}

extension [UInt8] {
    /// Whether the bytes at `offset` are those of `text`.
    func has(_ text: String, at offset: Int) -> Bool {
        offset <= count && self[offset...].starts(with: text.utf8)
    }

    /// Where `bytes` first stand at or after `start`.
    func firstIndex(of bytes: [UInt8], from start: Int = 0) -> Int? {
        guard !bytes.isEmpty, start >= 0, count - start >= bytes.count else { return nil }
        return (start...(count - bytes.count)).first { self[$0...].starts(with: bytes) }
    }

    /// The little-endian number of `size` bytes at `offset`; `nil` past the end.
    func littleEndian(at offset: Int, size: Int) -> Int? {
        guard offset >= 0, count - offset >= size else { return nil }
        return self[offset..<(offset + size)].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// The big-endian number of `size` bytes at `offset`; `nil` past the end.
    func bigEndian(at offset: Int, size: Int) -> Int? {
        guard offset >= 0, count - offset >= size else { return nil }
        return self[offset..<(offset + size)].reduce(0) { $0 << 8 | Int($1) }
    }
}
