import Glibc
import NIOCore

/// Finds the delimiter of a multipart body in its chunks, wherever they are cut.
///
/// A value that copies nothing and keeps no bytes. It rests on a property of delimiters: the
/// carriage return that they begin with is the only one in them. So where a delimiter has begun
/// but does not go on, none can have begun in between, and what was held back is data.
struct DelimiterScanner {
    /// What comes next in a chunk.
    enum Piece: Equatable {
        /// Bytes in front of the next delimiter.
        case bytes(ByteBuffer)
        /// The delimiter.
        case delimiter
    }

    private static let carriageReturn = UInt8(ascii: "\r")

    /// Five bytes at least.
    private let delimiter: ByteBuffer
    /// How many bytes of the delimiter the chunks so far have ended with.
    private var matched: Int

    /// A scanner for the delimiters of a body with `boundary`, which has no carriage return and is
    /// not empty.
    init(boundary: String) {
        delimiter = ByteBuffer(string: "\r\n--\(boundary)")
        // The first delimiter may stand at the very start, where no line ends.
        matched = 2
    }

    /// Takes the next piece out of `chunk`; `nil` when the next chunk is needed.
    mutating func next(in chunk: inout ByteBuffer) -> Piece? {
        if matched > 0 { return goOn(in: &chunk) }
        guard chunk.readableBytes > 0 else { return nil }
        if let position = position(in: chunk) {
            guard position == 0 else { return chunk.readSlice(length: position).map { .bytes($0) } }
            chunk.moveReaderIndex(forwardBy: delimiter.readableBytes)
            return .delimiter
        }
        matched = unfinished(in: chunk)
        let bytes = chunk.readSlice(length: chunk.readableBytes - matched)
        chunk.clear()
        return bytes.flatMap { $0.readableBytes > 0 ? .bytes($0) : nil }
    }

    /// Compares the start of `chunk` with the rest of a delimiter that has begun before it.
    private mutating func goOn(in chunk: inout ByteBuffer) -> Piece? {
        let count = min(chunk.readableBytes, delimiter.readableBytes - matched)
        let expected = delimiter.readableBytesView.dropFirst(matched).prefix(count)
        guard chunk.readableBytesView.starts(with: expected) else {
            defer { matched = 0 }
            return delimiter.getSlice(at: 0, length: matched).map { .bytes($0) }
        }
        chunk.moveReaderIndex(forwardBy: count)
        matched += count
        guard matched == delimiter.readableBytes else { return nil }
        matched = 0
        return .delimiter
    }

    /// Where the first whole delimiter begins in `chunk`, counted from its reader index.
    private func position(in chunk: ByteBuffer) -> Int? {
        chunk.withUnsafeReadableBytes { bytes in
            delimiter.withUnsafeReadableBytes { delimiter in
                guard let base = bytes.baseAddress, let wanted = delimiter.baseAddress else {
                    return nil
                }
                let lead = delimiter.loadUnaligned(as: UInt32.self)
                var start = 0
                let end = bytes.count - delimiter.count
                while start <= end {
                    guard bytes[start] == Self.carriageReturn else {
                        let first = memchr(base + start, CInt(Self.carriageReturn), end - start + 1)
                        guard let first else { return nil }
                        start = UnsafeRawPointer(first) - base
                        continue
                    }
                    // Four bytes are looked at here, so that bytes which are all carriage returns
                    // or empty lines, an attacker's for instance, do not cost a call each.
                    if bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self) == lead,
                        memcmp(base + start, wanted, delimiter.count) == 0
                    {
                        return start
                    }
                    start += 1
                }
                return nil
            }
        }
    }

    /// How many bytes at the end of `chunk` may be the start of a delimiter.
    private func unfinished(in chunk: ByteBuffer) -> Int {
        let tail = chunk.readableBytesView.suffix(delimiter.readableBytes - 1)
        guard let start = tail.lastIndex(of: Self.carriageReturn) else { return 0 }
        return delimiter.readableBytesView.starts(with: tail[start...]) ? tail.endIndex - start : 0
    }
}
