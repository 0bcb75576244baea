import SFSCore
import SFSFiles

/// The extended attributes of a content file, and their text.
///
///     user.sfs.meta      <1> <generation> <created> <extension or -> <media type> <CRC32C>
///     user.sfs.verified  <1> <when all bytes last matched> <CRC32C>
///     user.sfs.sums      see BlockSums
///
/// The first two are `SealedText`; times are ISO 8601 in UTC with milliseconds.
enum ReplicaAttributes {
    static let metaName = "user.sfs.meta"
    static let sumsName = "user.sfs.sums"
    static let verifiedName = "user.sfs.verified"

    private static let version = "1"

    static func encode(_ attributes: ContentAttributes) -> [UInt8] {
        SealedText.seal([
            version, String(attributes.generation), attributes.created.description,
            attributes.fileExtension.isEmpty ? "-" : attributes.fileExtension,
            attributes.mediaType,
        ])
    }

    /// `nil` when the text is damaged, or of another version.
    static func decode(meta bytes: [UInt8]) -> ContentAttributes? {
        guard let fields = SealedText.open(bytes), fields.count == 5, fields[0] == version,
            let generation = Int32(fields[1]), generation > 0,
            let created = Timestamp(parsing: fields[2])
        else { return nil }
        let fileExtension = fields[3] == "-" ? "" : fields[3]
        guard ContentAttributes.isExtension(fileExtension),
            ContentAttributes.isMediaType(fields[4])
        else { return nil }
        return ContentAttributes(
            fileExtension: fileExtension, mediaType: fields[4], created: created,
            generation: generation)
    }

    static func encode(verified time: Timestamp) -> [UInt8] {
        SealedText.seal([version, time.description])
    }

    /// `nil` when the text is damaged, or of another version.
    static func decode(verified bytes: [UInt8]) -> Timestamp? {
        guard let fields = SealedText.open(bytes), fields.count == 2, fields[0] == version else {
            return nil
        }
        return Timestamp(parsing: fields[1])
    }
}

extension OpenFile {
    /// What is kept beside the bytes; `nil` when it was lost.
    func contentAttributes() throws(SFSError) -> ContentAttributes? {
        try attribute(ReplicaAttributes.metaName).flatMap(ReplicaAttributes.decode(meta:))
    }

    /// The sums of the blocks; `nil` when they were lost.
    func blockSums() throws(SFSError) -> BlockSums? {
        guard let bytes = try attribute(ReplicaAttributes.sumsName) else { return nil }
        // A damaged attribute is a lost one: it says nothing about the bytes.
        return try? BlockSums(encoded: bytes)
    }
}

/// Writes `sums` through `set`, with larger blocks where the file system has less room than ext4
/// usually has; the sums that were written.
@discardableResult
func setBlockSums(
    _ sums: BlockSums, _ set: (String, [UInt8]) throws(SFSError) -> Void
) throws(SFSError) -> BlockSums {
    do {
        try set(ReplicaAttributes.sumsName, sums.encoded)
        return sums
    } catch {
        guard error.code == .noSpace, sums.sums.count > 1 else { throw error }
        return try setBlockSums(sums.coarser(), set)
    }
}
