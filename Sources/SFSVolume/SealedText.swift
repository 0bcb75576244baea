import SFSFiles

/// Short ASCII texts that can tell whether they were damaged: fields with one space between them,
/// the last of which is the CRC32C of everything before its space, as 8 hex digits.
enum SealedText {
    /// The text of `fields`, none of which has a space.
    static func seal(_ fields: [String]) -> [UInt8] {
        let text = Array(fields.joined(separator: " ").utf8)
        return text + Array(" \(check(of: text))".utf8)
    }

    /// The fields without the check; `nil` when the text is damaged.
    static func open(_ bytes: some Collection<UInt8>) -> [String]? {
        let bytes = Array(bytes)
        guard let last = bytes.lastIndex(of: UInt8(ascii: " ")) else { return nil }
        let text = Array(bytes[..<last])
        guard String(decoding: bytes[(last + 1)...], as: UTF8.self) == check(of: text) else {
            return nil
        }
        return text.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    private static func check(of text: [UInt8]) -> String {
        let digits = String(text.withUnsafeBytes { CRC32C.sum(of: $0) }, radix: 16)
        return String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }
}
