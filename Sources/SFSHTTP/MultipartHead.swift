import NIOCore
import SFSCore

/// What a part of a form says of itself before its bytes.
struct MultipartHead: Equatable {
    let name: String
    let fileName: String?
    let contentType: String?
    let transferEncoding: String?

    /// Number of fields of one part; past it the body is refused.
    static let fieldsMaximum = 32

    /// Reads the lines of a head, which have neither their ends nor controls in them.
    ///
    /// - Throws: `SFSError` with code `.protocol` or `.tooLarge`.
    init(parsing lines: some Sequence<String>) throws(SFSError) {
        var fields: [String: String] = [:]
        for (number, line) in lines.enumerated() {
            guard number < Self.fieldsMaximum else {
                throw SFSError(
                    .tooLarge,
                    "the header of a part of the form has more than \(Self.fieldsMaximum) fields")
            }
            let sides = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            // A name with a blank would be a line that goes on, which nobody sends any more.
            guard sides.count == 2, !sides[0].isEmpty,
                !sides[0].contains(where: { $0 == " " || $0 == "\t" })
            else { throw SFSError(.protocol, "a part of the form has a malformed header") }
            let name = sides[0].lowercased()
            if fields[name] == nil { fields[name] = sides[1].trimmingBlanks }
        }
        guard let text = fields["content-disposition"],
            let disposition = ParameterizedValue(parsing: text), disposition.value == "form-data",
            let name = disposition["name"]
        else { throw SFSError(.protocol, "a part of the form has no name") }
        self.name = name
        fileName = disposition["filename*"].flatMap(Self.decoded) ?? disposition["filename"]
        contentType = fields["content-type"]
        transferEncoding = fields["content-transfer-encoding"]
    }

    /// The text in `UTF-8'en'%C3%A4` (RFC 8187); `nil` when it is none.
    private static func decoded(_ extended: String) -> String? {
        let pieces = extended.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard pieces.count == 3, pieces[0].lowercased() == "utf-8" else { return nil }
        // A name that cannot be decoded is no name: the plain one counts.
        return try? PercentEncoding.decode(pieces[2])
    }
}

/// The bytes between a delimiter and what it announces, as they come.
struct MultipartHeadLines {
    /// What a delimiter announces.
    enum Outcome: Equatable {
        case part(MultipartHead)
        /// No part any more.
        case end
    }

    /// Bytes of one head; past it the body is refused.
    static let bytesMaximum = 16 << 10

    private var bytes: [UInt8] = []

    /// Takes from `chunk` what belongs to the head; `nil` when the next chunk is needed.
    ///
    /// - Throws: `SFSError` with code `.protocol` or `.tooLarge`.
    mutating func next(in chunk: inout ByteBuffer) throws(SFSError) -> Outcome? {
        while let byte = chunk.readInteger(as: UInt8.self) {
            let isAfterReturn = bytes.last == UInt8(ascii: "\r")
            guard bytes.count < Self.bytesMaximum else {
                throw SFSError(
                    .tooLarge,
                    "the header of a part of the form has more than \(Self.bytesMaximum) bytes")
            }
            guard byte != 0,
                (byte == UInt8(ascii: "\n")) == isAfterReturn
            else { throw SFSError(.protocol, "a part of the form has a malformed header") }
            bytes.append(byte)
            if bytes == Array("--".utf8) { return .end }
            if isAfterReturn, bytes.suffix(4) == Array("\r\n\r\n".utf8)[...] {
                return .part(try head())
            }
        }
        return nil
    }

    /// The head in `bytes`: blanks after the delimiter, the fields, an empty line.
    private func head() throws(SFSError) -> MultipartHead {
        let lines = bytes.dropLast(4).split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
        ).map {
            String(decoding: $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0, as: UTF8.self)
        }
        guard let first = lines.first, first.trimmingBlanks.isEmpty else {
            throw SFSError(.protocol, "a boundary of the form is followed by something else")
        }
        return try MultipartHead(parsing: lines.dropFirst())
    }
}
