/// What an uploaded content is, and what each of the three witnesses said.
///
/// The first that knows something decides: the first bytes, then the extension of the file's name,
/// then the client. `application/octet-stream` is not knowing.
package struct MediaTypeDecision: Sendable, Hashable {
    /// What the first bytes show; `nil` when they show nothing.
    package let byContent: String?
    /// What the extension of the file's name says; `nil` when it is unknown or there is none.
    package let byName: String?
    /// What the client said, without parameters; `nil` when it said nothing that may be kept.
    package let stated: String?
    /// What it is taken for; `application/octet-stream` when nobody knows.
    package let mediaType: String
    /// The extension to keep it with, never empty: that of the type if it has one, else that of
    /// the file's name, else `bin`.
    package let fileExtension: String

    /// Hears all three.
    ///
    /// `prefix` is the start of the content: `MediaType.prefixLength` bytes, or all when there are
    /// fewer. `fileName` and `stated` are as the client sent them.
    package init(prefix: some Collection<UInt8>, fileName: String?, stated: String?) {
        let nameExtension = fileName.map { MediaType.fileExtension(ofName: $0) } ?? ""
        let typeOfName = MediaType.forExtension(nameExtension)
        byContent = MediaType.detect(prefix)
        byName = typeOfName == MediaType.unknown ? nil : typeOfName
        self.stated = stated.flatMap { MediaType.parse(stated: $0) }
        mediaType = byContent ?? byName ?? self.stated ?? MediaType.unknown
        let typeExtension = MediaType.fileExtension(for: mediaType)
        let candidates = [typeExtension, nameExtension, MediaType.unknownExtension]
        fileExtension = candidates.first { !$0.isEmpty } ?? MediaType.unknownExtension
    }
}
