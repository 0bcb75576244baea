/// How a fetch asks.
package enum FetchMethod: String, Sendable, CaseIterable {
    case get = "GET"
    case post = "POST"
    case head = "HEAD"
}

/// What a caller may choose of a fetch; all else is ours.
package struct FetchRequest: Sendable {
    /// `http://…` or `https://…`, up to 8 KiB, without user name and password.
    package var url: String
    package var method: FetchMethod
    /// Header fields to send besides our own; see `FetchHeaders` for those that are not.
    package var headers: [(name: String, value: String)]
    /// What a POST request sends, up to 1 MiB; other methods have none.
    package var body: [UInt8]?

    /// Describes a fetch; nothing is checked before it is begun.
    package init(
        url: String, method: FetchMethod = .get, headers: [(name: String, value: String)] = [],
        body: [UInt8]? = nil
    ) {
        self.url = url
        self.method = method
        self.headers = headers
        self.body = body
    }
}
