import SFSCore

// The one question of thousands of hashes, and its answer, without a general coder: that took
// several times as long as the catalog.

extension ExistsRequest {
    /// The question that `bytes` are, when they are exactly one object with one list of hashes and
    /// no escapes in it; `nil` for everything else, which `JSON.decode` may understand or refuse.
    package init?(scanning bytes: UnsafeRawBufferPointer) {
        var scanner = TextScanner(bytes)
        guard scanner.skip("{"), scanner.skip("\"hashes\""), scanner.skip(":"), scanner.skip("[")
        else { return nil }
        var hashes: [ContentHash] = []
        if !scanner.skip("]") {
            repeat {
                guard let text = scanner.string(), let hash = ContentHash(hex: text) else {
                    return nil
                }
                hashes.append(hash)
            } while scanner.skip(",")
            guard scanner.skip("]") else { return nil }
        }
        guard scanner.skip("}"), scanner.isAtEnd else { return nil }
        self.hashes = hashes
    }
}

extension ExistsReply {
    /// The same bytes as `JSON.encode` gives.
    package var text: [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(200 * contents.count + 32)
        text.append(contentsOf: "{\"contents\":[".utf8)
        for (index, entry) in contents.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ",")) }
            text.append(contentsOf: "{\"copies\":".utf8)
            text.append(contentsOf: String(entry.copies).utf8)
            text.append(contentsOf: (entry.exists ? ",\"exists\":true" : ",\"exists\":false").utf8)
            text.append(contentsOf: ",\"hash\":\"".utf8)
            text.append(contentsOf: entry.hash.hex.utf8)
            text.append(contentsOf: "\",\"size\":".utf8)
            text.append(contentsOf: String(entry.size).utf8)
            text.append(UInt8(ascii: "}"))
        }
        text.append(contentsOf: "]}".utf8)
        return text
    }
}
