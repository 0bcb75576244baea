package import NIOCore
package import SFSCore

/// The answer to every GET and HEAD of one target, ready to be sent again and again.
///
/// What is prepared once is sent without looking the target up again, by the event loop itself. So
/// whoever may not have the bytes must be told so by `admit`, and bytes that should not be sent any
/// more by `bytes.isCurrent`.
package struct PreparedReply: Sendable {
    /// What is sent.
    package let bytes: any PreparedBytes
    /// The header fields that are the same in every answer; names and values as they are sent.
    package let fields: HeaderFields
    /// Whether a client may have the bytes now.
    ///
    /// It is asked for every request and must be quick.
    package let admit: @Sendable (QuickClient) -> QuickAdmission
    /// Told from time to time how many answers a client got, and how many bytes of `bytes` in all.
    package let count: @Sendable (QuickClient, _ answers: Int, _ bytes: Int64) -> Void

    /// An answer that `admit` hands out.
    package init(
        bytes: any PreparedBytes, fields: HeaderFields,
        admit: @escaping @Sendable (QuickClient) -> QuickAdmission,
        count: @escaping @Sendable (QuickClient, _ answers: Int, _ bytes: Int64) -> Void
    ) {
        self.bytes = bytes
        self.fields = fields
        self.admit = admit
        self.count = count
    }
}

/// Who asks for a prepared answer; one object for all the like requests of a connection.
package final class QuickClient: Sendable {
    /// The network address in text form.
    package let address: String
    /// The field `User-Agent`; empty when there is none.
    package let agent: String
    /// The field `Referer`.
    package let referer: String?

    /// A client as it showed itself.
    package init(address: String, agent: String, referer: String?) {
        self.address = address
        self.agent = agent
        self.referer = referer
    }
}

/// Whether a client may have the bytes of a prepared answer.
package enum QuickAdmission: Sendable, Hashable {
    /// The request goes the long way, on which it is refused properly.
    case refused
    /// Yes; `privately` = for so many seconds the client, and nobody else, may keep them. `nil` when
    /// the answer's own fields say who may.
    case admitted(privately: Int64?)
}

/// Where prepared bytes are.
package enum PreparedSource: Sendable {
    /// All of them, checked; for a few bytes.
    case memory(ByteBuffer)
    /// An open file that has them, and nothing else.
    case file(FileSlice)
}

/// Bytes that do not change.
package protocol PreparedBytes: Sendable {
    /// Number of bytes.
    var size: Int64 { get }
    /// Where they are.
    var source: PreparedSource { get }
    /// Whether they may still be sent; once `false` it stays so.
    var isCurrent: Bool { get }

    /// Whether the bytes at `range` may be sent as they are.
    ///
    /// It must not wait for anything.
    func isChecked(_ range: Range<Int64>) -> Bool

    /// Reads the bytes at `range` and compares them with what they should be.
    ///
    /// Afterwards `isChecked(_:)` says yes, and they are in the kernel's cache.
    ///
    /// - Throws: when they are not what they should be, or cannot be read.
    func check(_ range: Range<Int64>) async throws

    /// The right bytes at `range`, from wherever they can be had, when those here are bad.
    ///
    /// - Throws: when there are none; the stream throws when there are no more.
    func rest(_ range: Range<Int64>) async throws -> ByteStream
}
