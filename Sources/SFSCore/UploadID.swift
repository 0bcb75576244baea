/// The name of bytes that wait in a spool: 128 random bits, printed as 32 hex digits.
package struct UploadID: Sendable, Hashable {
    /// Lower-case hex.
    package let text: String

    /// A new one, never given before.
    package static func random() -> UploadID {
        var generator = KernelRandom()
        let digits = (0..<2).map { _ in
            let half = String(generator.next(), radix: 16)
            return String(repeating: "0", count: 16 - half.utf8.count) + half
        }
        return UploadID(text: digits.joined())
    }

    private init(text: String) {
        self.text = text
    }

    /// Parses exactly 32 lower-case hex digits.
    ///
    /// - Throws: `SFSError` with code `.usage`.
    package init(parsing text: some StringProtocol) throws(SFSError) {
        guard text.utf8.count == 32,
            text.utf8.allSatisfy({
                UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
                    || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
            })
        else { throw SFSError(.usage, "'\(String(text.prefix(40)))' is not an upload") }
        self.text = String(text)
    }
}

extension UploadID: CustomStringConvertible {
    package var description: String { text }
}
