/// Tells what kind of file a ZIP archive is, by the names of its first members.
enum ZipSignature {
    /// The media type of a content that starts with `prefix`; `nil` when it is no ZIP archive.
    static func mediaType(_ prefix: [UInt8]) -> String? {
        // Without members it starts with the directory.
        if prefix.starts(with: [0x50, 0x4B, 5, 6]) { return "application/zip" }
        guard prefix.starts(with: member) else { return nil }
        return declaredType(prefix) ?? typeByMembers(prefix) ?? "application/zip"
    }

    private static let member: [UInt8] = [0x50, 0x4B, 3, 4]
    /// Where a member's name begins, after its head.
    private static let nameOffset = 30

    /// EPUB and OpenDocument begin with a member `mimetype` that is not compressed.
    private static func declaredType(_ prefix: [UInt8]) -> String? {
        guard name(at: 0, prefix) == "mimetype", prefix.littleEndian(at: 8, size: 2) == 0,
            let extra = prefix.littleEndian(at: 28, size: 2),
            let size = prefix.littleEndian(at: 22, size: 4), (1...127).contains(size)
        else { return nil }
        let start = nameOffset + 8 + extra
        guard start + size <= prefix.count else { return nil }
        let type = String(decoding: prefix[start..<(start + size)], as: UTF8.self)
        let isKnown =
            type == "application/epub+zip"
            || type.hasPrefix("application/vnd.oasis.opendocument.")
        return isKnown ? MediaType.parse(stated: type) : nil
    }

    private static func typeByMembers(_ prefix: [UInt8]) -> String? {
        var start: Int? = 0
        while let here = start {
            guard let name = name(at: here, prefix) else { return nil }
            if let type = types.first(where: { name.hasPrefix($0.start) })?.mediaType {
                return type
            }
            start = prefix.firstIndex(of: member, from: here + member.count)
        }
        return nil
    }

    private static func name(at start: Int, _ prefix: [UInt8]) -> String? {
        guard let length = prefix.littleEndian(at: start + 26, size: 2),
            start + nameOffset + length <= prefix.count
        else { return nil }
        let first = start + nameOffset
        return String(decoding: prefix[first..<(first + length)], as: UTF8.self)
    }

    private static let office = "application/vnd.openxmlformats-officedocument"
    private static let types: [(start: String, mediaType: String)] = [
        ("word/", "\(office).wordprocessingml.document"),
        ("xl/", "\(office).spreadsheetml.sheet"),
        ("ppt/", "\(office).presentationml.presentation"),
        ("AndroidManifest.xml", "application/vnd.android.package-archive"),
        ("META-INF/MANIFEST.MF", "application/java-archive"),
    ]
}
