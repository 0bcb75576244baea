import NIOCore
import SFSCore
import SFSHTTP
import SFSWire

/// A content as clients of the original name it on a store: `<hash>.<extension>` or `<hash>`.
struct StoredName: Sendable, Hashable {
    let hash: ContentHash
    /// What stands behind the first dot; may be empty.
    let fileExtension: String

    /// Reads `text`, of which nothing else ever reaches a disk.
    ///
    /// - Throws: `SFSError` with code `.invalidHash`, or `.usage` for what is no extension.
    init(parsing text: String) throws(SFSError) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        hash = try ContentHash(parsing: parts[0])
        fileExtension = parts.count == 2 ? String(parts[1]) : ""
        guard ContentAttributes.isExtension(fileExtension) else {
            throw SFSError(.usage, "'\(fileExtension.prefix(40))' is not an extension of a file")
        }
    }
}

extension JSONValue {
    /// The content that the text in the field `name` names.
    ///
    /// - Throws: `SFSError` with code `.usage` or `.invalidHash`.
    func storedName(_ name: String) throws(SFSError) -> StoredName {
        let value = name == "hash" ? hashField : self[name]
        guard let text = value?.string else { throw SFSError(.usage, "'\(name)' is missing") }
        return try StoredName(parsing: text)
    }
}

extension RouteCall {
    /// Runs `answer`; its errors become one line of text, as players of the original expect.
    func inText(_ answer: () async throws -> HTTPResponse) async throws -> HTTPResponse {
        do {
            return try await answer()
        } catch let error as SFSError {
            throw Refused(response: Self.textual(error), cause: error)
        }
    }

    private static func textual(_ error: SFSError) -> HTTPResponse {
        switch error.code {
        case .notFound, .invalidHash: .line("404 Not Found", status: 404)
        case .denied: .line("403 Forbidden", status: 403)
        case .protocol, .usage: .line("400 Bad Request", status: 400)
        case .preconditionFailed: .line("412 Precondition Failed", status: 412)
        // The last copy of a content is bad, or missing (promises.md "Verify").
        case .corrupt: .line("502 Bad Gateway", status: 502)
        case .unavailable, .timeout, .busy: .line("503 Service Unavailable", status: 503)
        default: .line("500 Internal Server Error", status: 500)
        }
    }
}

extension HTTPResponse {
    /// Exactly `text`, without a line's end.
    static func line(_ text: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: ["Content-Type": "text/plain; charset=utf-8"],
            body: .bytes(ByteBuffer(string: text)))
    }
}

extension ContentHash {
    /// Where the file lies below the `content` folder of a volume (design.md §4).
    var relativePath: String { "\(algorithm.rawValue)/\(hex.prefix(2))/\(hex)" }
}
