import SFSCore

/// A request that was checked, as the thread that does it needs it.
struct FetchOrder: Sendable {
    let url: FetchURL
    let method: FetchMethod
    let headerLines: [String]
    let body: [UInt8]

    private static let bodyBytesMaximum = 1 << 20

    /// Checks everything that can be checked without asking anybody.
    ///
    /// - Throws: `SFSError` with code `.usage`.
    init(_ request: FetchRequest) throws(SFSError) {
        url = try FetchURL(parsing: request.url)
        method = request.method
        headerLines = try FetchHeaders.lines(request.headers)
        body = request.body ?? []
        guard body.isEmpty || method == .post else {
            throw SFSError(.usage, "a \(method.rawValue) request has no body; use POST")
        }
        guard body.count <= Self.bodyBytesMaximum else {
            throw SFSError(.usage, "the body is longer than \(Self.bodyBytesMaximum) bytes")
        }
    }
}
