import SFSCore
import SFSFiles

/// A line of the file `tombstones`: `<hex> <generation>` as `SealedText`.
enum TombstoneLine {
    /// More than any line has.
    static let lengthMaximum = 256

    /// The line, with its end.
    static func encode(_ hash: ContentHash, _ generation: Int32) -> [UInt8] {
        SealedText.seal([hash.hex, String(generation)]) + [UInt8(ascii: "\n")]
    }

    /// Reads a line without its end; `nil` when it is damaged.
    static func decode(_ line: ArraySlice<UInt8>) -> (ContentHash, Int32)? {
        guard let fields = SealedText.open(line), fields.count == 2,
            // A damaged line is skipped like one that is torn.
            let hash = try? ContentHash(parsing: fields[0]),
            let generation = Int32(fields[1]), generation > 0
        else { return nil }
        return (hash, generation)
    }

    /// Calls `body` with every good line of `file` whose hash begins with one of `prefixes`; the
    /// number of lines that are not good.
    static func forEach(
        in file: OpenFile, prefixes: ClosedRange<UInt16> = 0...UInt16.max,
        _ body: (ContentHash, Int32) throws -> Void
    ) throws -> Int {
        var damaged = 0
        func take(_ line: ArraySlice<UInt8>) throws {
            // Told from four digits: most of the work is in checking the line.
            if let prefix = prefix(of: line), !prefixes.contains(prefix) { return }
            if let (hash, generation) = decode(line) {
                try body(hash, generation)
            } else if !line.isEmpty {
                damaged += 1
            }
        }
        var rest: [UInt8] = []
        _ = try FileHash.forEachPiece(of: file) { bytes, _ in
            let lines = (rest + bytes).split(
                separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            for line in lines.dropLast() { try take(line) }
            // What no line can be is not kept: a file without ends of lines costs no memory.
            rest = Array(lines.last?.prefix(lengthMaximum) ?? [])
        }
        try take(rest[...])
        return damaged
    }

    private static func prefix(of line: ArraySlice<UInt8>) -> UInt16? {
        let digits = Array(line.prefix(4))
        guard digits.count == 4, let high = HexText.byte(digits[0], digits[1]),
            let low = HexText.byte(digits[2], digits[3])
        else { return nil }
        return UInt16(high) << 8 | UInt16(low)
    }
}
