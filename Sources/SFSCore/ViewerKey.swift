/// One viewer of one content (protocol.md 1.11): 128 bits of a hash of both.
///
/// Prisms and stores know it by the same bytes.
package struct ViewerKey: Sendable, Hashable {
    /// 16 of them.
    package let bytes: [UInt8]

    /// The first 16 bytes of `digest`.
    package init(digest: [UInt8]) {
        bytes = Array(digest.prefix(16))
    }
}
