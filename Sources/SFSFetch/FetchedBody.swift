package import SFSCore

/// What a fetch found, with its bytes still to come.
package struct FetchedBody: Sendable {
    /// The media type that the server stated, without parameters; `nil` when it stated none that
    /// may be kept.
    package let mediaType: String?
    /// How many bytes the server announced; `nil` when it did not.
    package let length: Int64?
    /// The last part of the final URL's path, decoded; `nil` when it is no file name.
    package let fileName: String?
    /// The bytes, to be read within the fetch; fewer than were announced end with an error.
    package let bytes: ByteStream
}
