package import SFSCore

/// What a client says of the bytes that it sends.
package struct PutRequest: Sendable, Hashable {
    /// The hash that it expects; `nil` when it does not know.
    package var declared: ContentHash?
    /// The algorithm that names the content.
    package var algorithm: HashAlgorithm
    /// How many replicas there shall be; `nil` = the cluster's `copies`.
    package var copies: Int?
    /// See `ContentAttributes`.
    package var fileExtension: String
    package var mediaType: String
    /// Number of bytes, when known beforehand.
    package var length: Int64?

    /// Checks that the parts fit each other.
    ///
    /// - Throws: `SFSError` with code `.usage`.
    package init(
        declared: ContentHash?, algorithm: HashAlgorithm?, copies: Int?, fileExtension: String,
        mediaType: String?, length: Int64?
    ) throws(SFSError) {
        if let declared, let algorithm, declared.algorithm != algorithm {
            throw SFSError(
                .usage,
                "'\(declared)' is a \(declared.algorithm.rawValue) hash, not a "
                    + algorithm.rawValue)
        }
        guard ContentAttributes.isExtension(fileExtension) else {
            throw SFSError(
                .usage,
                "'\(fileExtension.prefix(40))' is not an extension; use up to 32 letters and "
                    + "digits")
        }
        let mediaType = mediaType ?? MediaType.forExtension(fileExtension)
        guard ContentAttributes.isMediaType(mediaType) else {
            throw SFSError(.usage, "'\(mediaType.prefix(40))' is not a media type")
        }
        self.declared = declared
        self.algorithm = declared?.algorithm ?? algorithm ?? .standard
        self.copies = copies
        self.fileExtension = fileExtension
        self.mediaType = mediaType
        self.length = length
    }
}
