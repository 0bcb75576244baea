import NIOCore
package import SFSCore

extension MultipartReader {
    /// One field of a form, or one file.
    package struct Part: Sendable {
        /// The field's name as sent; browsers write `%22` for a quote, and it stays so.
        package let name: String
        /// The name that the client gives the file, path and all, as sent; `nil` for a field that
        /// is no file.
        package let fileName: String?
        /// The part's `Content-Type` as sent.
        package let contentType: String?
        /// The part's `Content-Transfer-Encoding` as sent; nothing is decoded.
        package let transferEncoding: String?
        /// The bytes, read once and before the next part is asked for.
        ///
        /// It throws what `MultipartReader.next()` does, and `SFSError` with code `.internal` when
        /// it is read too late.
        package let body: ByteStream

        init(_ head: MultipartHead, body: ByteStream) {
            name = head.name
            fileName = head.fileName
            contentType = head.contentType
            transferEncoding = head.transferEncoding
            self.body = body
        }

        /// All bytes as text.
        ///
        /// - Throws: `SFSError` with code `.tooLarge` when there are more than `limit` bytes, with
        ///   `.protocol` when they are not UTF-8; else as `body` does.
        package func text(upTo limit: Int) async throws -> String {
            var bytes: [UInt8] = []
            for try await chunk in body {
                guard bytes.count + chunk.readableBytes <= limit else {
                    throw SFSError(
                        .tooLarge,
                        "the form's field '\(name)' is too large; \(limit) bytes are allowed")
                }
                bytes += chunk.readableBytesView
            }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw SFSError(.protocol, "the form's field '\(name)' is not UTF-8")
            }
            return text
        }
    }
}
