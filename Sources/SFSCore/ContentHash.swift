/// The name of a content: a digest and, by its length, the algorithm that made it.
///
/// There is one parser and one printer. Text becomes a path, a query or a column only after it
/// went through both, so nothing but lower-case hex of a known length ever names a file.
package struct ContentHash: Sendable, Hashable {
    /// The algorithm, told by the length of the digest.
    package let algorithm: HashAlgorithm
    /// The digest; `algorithm.digestLength` bytes.
    package let bytes: [UInt8]

    /// Takes a raw digest, for example a column of the catalog.
    ///
    /// - Throws: `SFSError` with code `.invalidHash` when no algorithm has digests of that length.
    package init(bytes: [UInt8]) throws(SFSError) {
        guard let algorithm = HashAlgorithm(digestLength: bytes.count) else {
            throw SFSError(.invalidHash, "a digest of \(bytes.count) bytes is not a hash")
        }
        self.algorithm = algorithm
        self.bytes = bytes
    }

    /// Of a SHA-512.
    private static let digitsMaximum = 128

    /// Parses hex of either case; 32, 40, 56, 64, 96 or 128 digits and nothing else.
    ///
    /// - Throws: `SFSError` with code `.invalidHash`.
    package init(parsing text: some StringProtocol) throws(SFSError) {
        var text = String(text)
        let hash = text.withUTF8 { ContentHash(hex: UnsafeRawBufferPointer($0)) }
        guard let hash else {
            let digits = Self.digitsMaximum
            let beginning = String(decoding: text.utf8.prefix(20), as: UTF8.self)
            throw SFSError(
                .invalidHash,
                text.utf8.count <= digits
                    ? "'\(text)' is not a hash"
                    : "'\(beginning)...' is not a hash: it has \(text.utf8.count) bytes, "
                        + "and a hash \(digits) digits at most")
        }
        self = hash
    }

    /// The hash whose hex, of either case, `text` is, and no more; `nil` when it is none.
    package init?(hex text: UnsafeRawBufferPointer) {
        guard text.count.isMultiple(of: 2),
            let algorithm = HashAlgorithm(digestLength: text.count / 2)
        else { return nil }
        var seen: UInt8 = 0
        bytes = [UInt8](unsafeUninitializedCapacity: text.count / 2) { digest, count in
            for index in 0..<text.count / 2 {
                let high = Self.value(ofDigit: text[2 * index])
                let low = Self.value(ofDigit: text[2 * index + 1])
                seen |= high | low
                digest[index] = high << 4 | low
            }
            count = text.count / 2
        }
        self.algorithm = algorithm
        guard seen < 16 else { return nil }
    }

    /// Lower-case hex.
    package var hex: String {
        String(unsafeUninitializedCapacity: bytes.count * 2) { output in
            writeHex(to: UnsafeMutableRawBufferPointer(output))
        }
    }

    /// Writes what `hex` is to the beginning of `output`, and returns its length.
    @discardableResult
    package func writeHex(to output: UnsafeMutableRawBufferPointer) -> Int {
        precondition(output.count >= bytes.count * 2, "there is room for all digits")
        for (index, byte) in bytes.enumerated() {
            output[2 * index] = Self.digit(byte >> 4)
            output[2 * index + 1] = Self.digit(byte & 15)
        }
        return bytes.count * 2
    }

    /// The first 16 bits, by which verify progress and inventory digests are kept.
    package var prefix: UInt16 { UInt16(bytes[0]) << 8 | UInt16(bytes[1]) }

    /// The value of a digit; 255 for what is none, so that nothing branches for each of thousands.
    private static func value(ofDigit digit: UInt8) -> UInt8 {
        let number = digit &- UInt8(ascii: "0")
        let letter = (digit | 0x20) &- UInt8(ascii: "a")
        return number < 10 ? number : letter < 6 ? letter + 10 : 255
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}

extension ContentHash: CustomStringConvertible {
    package var description: String { hex }
}

extension ContentHash: Comparable {
    package static func < (left: ContentHash, right: ContentHash) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}

extension ContentHash: Codable {
    package init(from decoder: any Decoder) throws {
        try self.init(parsing: decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}
