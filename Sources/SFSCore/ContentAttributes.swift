/// What a replica says about its content besides the bytes; kept beside them on each disk, so that
/// a lost catalog can be rebuilt.
package struct ContentAttributes: Sendable, Hashable, Codable {
    /// File name extension without its dot, `""` when there is none; see `isExtension(_:)`.
    package var fileExtension: String
    /// Media type, for example `video/mp4`; see `isMediaType(_:)`.
    package var mediaType: String
    /// When the cluster first acknowledged it.
    package var created: Timestamp
    /// How many times this hash was deleted and put again, from 1.
    ///
    /// An order for an older generation never touches a newer replica.
    package var generation: Int32

    package init(
        fileExtension: String, mediaType: String, created: Timestamp, generation: Int32
    ) {
        self.fileExtension = fileExtension
        self.mediaType = mediaType
        self.created = created
        self.generation = generation
    }

    /// Whether `text` may be kept as an extension: empty, or up to 32 ASCII letters and digits.
    package static func isExtension(_ text: String) -> Bool {
        text.utf8.count <= 32 && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }

    /// Whether `text` may be kept as a media type: `type/subtype` of token characters, up to 127.
    package static func isMediaType(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2 && text.utf8.count <= 127
            && parts.allSatisfy { part in
                !part.isEmpty
                    && part.allSatisfy {
                        $0.isASCII && ($0.isLetter || $0.isNumber || "!#$&^_.+-".contains($0))
                    }
            }
    }
}
