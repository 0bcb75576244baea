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
        // Names and marks, two numbers of up to 20 digits, and twice as many digits as bytes.
        let capacity = contents.reduce(32) { $0 + 96 + 2 * $1.hash.bytes.count }
        return [UInt8](unsafeUninitializedCapacity: capacity) { room, count in
            var text = FixedText(UnsafeMutableRawBufferPointer(room))
            text.append("{\"contents\":[")
            for (index, entry) in contents.enumerated() {
                if index > 0 { text.append(",") }
                text.append("{\"copies\":")
                text.append(Int64(entry.copies))
                text.append(entry.exists ? ",\"exists\":true" : ",\"exists\":false")
                text.append(",\"hash\":\"")
                text.append(entry.hash)
                text.append("\",\"size\":")
                text.append(entry.size)
                text.append("}")
            }
            text.append("]}")
            count = text.count
        }
    }
}

/// Text in memory that has room for all of it.
private struct FixedText {
    private let room: UnsafeMutableRawBufferPointer
    private(set) var count = 0

    init(_ room: UnsafeMutableRawBufferPointer) {
        self.room = room
    }

    private var rest: UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(rebasing: room[count...])
    }

    mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { rest.copyMemory(from: UnsafeRawBufferPointer($0)) }
        count += text.utf8CodeUnitCount
    }

    mutating func append(_ hash: ContentHash) {
        count += hash.writeHex(to: rest)
    }

    mutating func append(_ number: Int64) {
        if number < 0 { append("-") }
        var digits = 1
        var power: UInt64 = 10
        while digits < 19, number.magnitude >= power {
            digits += 1
            power *= 10
        }
        var left = number.magnitude
        for place in stride(from: count + digits - 1, through: count, by: -1) {
            room[place] = UInt8(ascii: "0") + UInt8(left % 10)
            left /= 10
        }
        count += digits
    }
}
