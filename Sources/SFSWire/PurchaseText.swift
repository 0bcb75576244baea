import SFSCore

// An order for a purchase, and its answer, without a general coder: that took as long as the
// catalog.

extension PurchaseOrder {
    /// The order that `bytes` are, when they are exactly one object of plain strings and whole
    /// numbers, each once; `nil` for everything else, which `JSON.decode` may understand or refuse.
    package init?(scanning bytes: UnsafeRawBufferPointer) {
        var scanner = TextScanner(bytes)
        var (hash, ext, name): (ContentHash?, String?, String?) = (nil, nil, nil)
        var life: Int64?
        guard scanner.skip("{") else { return nil }
        repeat {
            guard let member = scanner.string(), scanner.skip(":") else { return nil }
            switch String(decoding: member, as: UTF8.self) {
            case "hash" where hash == nil:
                hash = scanner.string().flatMap { ContentHash(hex: $0) }
                guard hash != nil else { return nil }
            case "ext" where ext == nil:
                ext = scanner.string().flatMap { String(validating: $0, as: UTF8.self) }
                guard ext != nil else { return nil }
            case "name" where name == nil:
                name = scanner.string().flatMap { String(validating: $0, as: UTF8.self) }
                guard name != nil else { return nil }
            case "life" where life == nil:
                life = scanner.wholeNumber()
                guard life != nil else { return nil }
            default: return nil
            }
        } while scanner.skip(",")
        guard scanner.skip("}"), scanner.isAtEnd, let hash else { return nil }
        self.init(hash: hash, ext: ext, name: name, life: life)
    }
}

extension PurchaseReply {
    /// The same bytes as `JSON.encode` gives.
    package var text: [UInt8] {
        var text = JSONText(capacity: 1024)
        text.openObject()
        text.member("account", account)
        text.member("afterLife", afterLife)
        text.member("byteCount", byteCount)
        text.member("createdAt", createdAt.description)
        text.member("expirationDate", expirationDate)
        text.member("ext", ext)
        text.member("hash", hash.hex)
        text.member("hitCount", hitCount)
        text.member("ip", ip)
        text.member("lastCounterClear", lastCounterClear.description)
        text.member("life", life)
        text.member("name", name)
        text.member("referrer", referrer)
        text.member("token", token.text)
        if let url { text.member("url", url) }
        text.closeObject()
        return text.bytes
    }
}
