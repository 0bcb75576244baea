import SFSCore

/// The simplest request for bytes there is, found to the letter in what a client has sent.
///
/// A GET or HEAD of HTTP/1.1 without a body, whose header has nothing but fields that change
/// nothing, and at most one range. It is recognised strictly: a request that is not of this form in
/// every byte is none, and goes, bytes and all, to the real parser. So there are never two opinions
/// about where a request ends: everything that is recognised here ends at its first empty line.
struct QuickRequest {
    /// What stands in the field `Range`.
    enum Wanted: Equatable {
        case everything
        case part(ByteRange)
    }

    /// Whether only the head is wanted.
    let isHead: Bool
    /// Path and query as sent; an offset in the bytes it was found in, like the others.
    let target: Range<Int>
    /// Value of the field `Host`.
    let host: Range<Int>
    /// Value of the field `Referer`.
    let referer: Range<Int>?
    /// Value of the field `User-Agent`.
    let agent: Range<Int>?
    let wanted: Wanted
    /// How many bytes it has, the empty line included.
    let length: Int

    /// Bytes of a request that are looked at; a longer one is none.
    static let bytesMaximum = 8 << 10

    /// What bytes begin with.
    enum Finding {
        case request(QuickRequest)
        /// Perhaps a request; more bytes will tell.
        case part
        /// Anything else.
        case other
    }

    /// Finds out what `bytes` begin with.
    static func find(in bytes: UnsafeRawBufferPointer) -> Finding {
        var cursor = QuickCursor(UnsafeRawBufferPointer(rebasing: bytes.prefix(bytesMaximum)))
        if let request = QuickRequest(&cursor) { return .request(request) }
        return cursor.hasRunOut && bytes.count < bytesMaximum ? .part : .other
    }

    private init?(_ cursor: inout QuickCursor) {
        if cursor.skip("GET ") {
            isHead = false
        } else if cursor.skip("HEAD ") {
            isHead = true
        } else {
            return nil
        }
        guard let target = cursor.target(), cursor.skip(" HTTP/1.1\r\n") else { return nil }
        self.target = target
        var fields = QuickFields()
        while !cursor.skip("\r\n") {
            guard !cursor.hasRunOut, let name = cursor.fieldName(),
                let value = cursor.fieldValue(), fields.take(name, value, in: cursor.bytes)
            else { return nil }
        }
        guard let host = fields.host else { return nil }
        self.host = host
        referer = fields.referer
        agent = fields.agent
        wanted = fields.wanted
        length = cursor.position
    }
}

/// What was found so far in the header of a `QuickRequest`.
private struct QuickFields {
    var host: Range<Int>?
    var referer: Range<Int>?
    var agent: Range<Int>?
    var wanted = QuickRequest.Wanted.everything

    /// Fields that change nothing about bytes that are the same for everybody, in lower case.
    private static let harmless: [StaticString] = [
        "accept", "accept-encoding", "accept-language", "cache-control", "cookie", "dnt", "origin",
        "pragma", "priority", "save-data", "sec-ch-ua", "sec-ch-ua-mobile", "sec-ch-ua-platform",
        "sec-fetch-dest", "sec-fetch-mode", "sec-fetch-site", "sec-fetch-storage-access",
        "sec-fetch-user", "sec-gpc", "x-playback-session-id",
    ]

    /// Notes one field; `false` when it is not one of those that a simple request has.
    mutating func take(
        _ name: Range<Int>, _ value: Range<Int>, in bytes: UnsafeRawBufferPointer
    ) -> Bool {
        if bytes.isWord(name, "host") { return Self.set(&host, value, bytes.isHost(value)) }
        if bytes.isWord(name, "user-agent") { return Self.set(&agent, value, true) }
        if bytes.isWord(name, "referer") { return Self.set(&referer, value, true) }
        if bytes.isWord(name, "connection") { return bytes.isWord(value, "keep-alive") }
        if bytes.isWord(name, "range") {
            guard wanted == .everything, let range = bytes.byteRange(value) else { return false }
            wanted = .part(range)
            return true
        }
        return Self.harmless.contains { bytes.isWord(name, $0) }
    }

    /// Sets what was not set before.
    private static func set(
        _ field: inout Range<Int>?, _ value: Range<Int>, _ isGood: Bool
    ) -> Bool {
        guard field == nil, isGood else { return false }
        field = value
        return true
    }
}
