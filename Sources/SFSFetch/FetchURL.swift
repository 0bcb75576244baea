import CCurl
import Glibc
import SFSCore

/// A URL that may be fetched, read by libcurl's own parser so that no two readings can differ.
struct FetchURL: Sendable {
    /// The whole of it, with what needs it encoded.
    let text: String
    /// The host, for messages.
    let host: String

    private static let lengthMaximum = 8 << 10
    private static let fileNameLengthMaximum = 255

    /// Parses a URL that a caller sent.
    ///
    /// - Throws: `SFSError` with code `.usage`.
    init(parsing text: String) throws(SFSError) {
        guard text.utf8.count <= Self.lengthMaximum else {
            throw SFSError(.usage, "the URL is longer than \(Self.lengthMaximum) bytes")
        }
        guard let parts = curl_url() else { throw SFSError(.unavailable, "no memory for a URL") }
        defer { curl_url_cleanup(parts) }
        // A zero would end the text that libcurl sees.
        guard !text.utf8.contains(0),
            curl_url_set(parts, CURLUPART_URL, text, UInt32(CURLU_URLENCODE)) == CURLUE_OK,
            let scheme = Self.part(CURLUPART_SCHEME, of: parts),
            ["http", "https"].contains(scheme),
            let host = Self.part(CURLUPART_HOST, of: parts), !host.isEmpty,
            let whole = Self.part(CURLUPART_URL, of: parts)
        else {
            throw SFSError(
                .usage, "'\(text.prefix(200))' is not a URL that can be fetched; use http or https")
        }
        guard Self.part(CURLUPART_USER, of: parts) == nil,
            Self.part(CURLUPART_PASSWORD, of: parts) == nil
        else {
            throw SFSError(.usage, "the URL holds a user name or password; send a header instead")
        }
        self.text = whole
        self.host = host
    }

    /// The last part of the path of `url`, decoded; `nil` when it is no file name.
    static func fileName(of url: String) -> String? {
        guard let parts = curl_url() else { return nil }
        defer { curl_url_cleanup(parts) }
        guard curl_url_set(parts, CURLUPART_URL, url, 0) == CURLUE_OK,
            let path = part(CURLUPART_PATH, of: parts),
            let last = path.split(separator: "/", omittingEmptySubsequences: false).last
        else { return nil }
        var length: Int32 = 0
        guard let decoded = curl_easy_unescape(nil, String(last), 0, &length) else { return nil }
        defer { curl_free(decoded) }
        let bytes = UnsafeRawBufferPointer(start: decoded, count: Int(length))
        let isPlain = bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "/") }
        guard isPlain, (1...fileNameLengthMaximum).contains(bytes.count),
            let name = String(validating: bytes, as: UTF8.self), name != ".", name != ".."
        else { return nil }
        return name
    }

    private static func part(_ part: CURLUPart, of parts: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(parts, part, &text, 0) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
