import NIOCore
import SFSCore

/// One answer of the quick path: which bytes, to whom, and how far it has come.
struct QuickAnswer {
    let entry: QuickDesk.Entry
    let client: QuickClient
    /// What of the prepared bytes is sent; empty in answer to HEAD.
    let range: Range<Int64>
    /// Whether only the head is sent.
    let isHead: Bool
    /// Whether the connection ends with it.
    let isLast: Bool
    /// Bytes of `range` that were handed to the kernel or to the channel.
    var sent: Int64 = 0

    /// How often the bytes at `position` were checked without any being sent then.
    var checksInPlace = 0

    /// The next offset to send.
    var position: Int64 { range.lowerBound + sent }
    /// Whether all was handed over.
    var isComplete: Bool { position == range.upperBound }

    private let part: Range<Int64>?
    private let privately: Int64?

    /// The answer to `request` from what is prepared in `entry`; `nil` when it needs more than the
    /// quick path has: a refusal, or a range that is not there.
    init?(
        _ request: QuickRequest, from entry: QuickDesk.Entry, to client: QuickClient, isLast: Bool
    ) {
        let size = entry.size
        guard case .admitted(let privately) = entry.reply.admit(client) else { return nil }
        var part: Range<Int64>?
        if case .part(let wanted) = request.wanted, !request.isHead {
            guard let offsets = wanted.offsets(in: size) else { return nil }
            part = offsets
        }
        self.entry = entry
        self.client = client
        self.isLast = isLast
        self.privately = privately
        self.part = part
        isHead = request.isHead
        range = request.isHead ? 0..<0 : part ?? 0..<size
    }

    /// Writes the head, the empty line included.
    func writeHead(date: ByteBuffer, into buffer: inout ByteBuffer) {
        if part == nil {
            buffer.writeStaticString("HTTP/1.1 200 OK\r\n")
        } else {
            buffer.writeStaticString("HTTP/1.1 206 Partial Content\r\n")
        }
        buffer.writeImmutableBuffer(date)
        buffer.writeImmutableBuffer(entry.fields)
        if let privately {
            buffer.writeStaticString("Cache-Control: private, max-age=")
            buffer.writeDecimal(privately)
            buffer.writeStaticString(", immutable\r\n")
        }
        if let part {
            buffer.writeStaticString("Content-Range: bytes ")
            buffer.writeDecimal(part.lowerBound)
            buffer.writeStaticString("-")
            buffer.writeDecimal(part.upperBound - 1)
            buffer.writeStaticString("/")
            buffer.writeDecimal(entry.size)
            buffer.writeStaticString("\r\n")
        }
        buffer.writeStaticString("Content-Length: ")
        buffer.writeDecimal(isHead ? entry.size : Int64(range.count))
        buffer.writeStaticString(isLast ? "\r\nConnection: close\r\n\r\n" : "\r\n\r\n")
    }
}

extension ByteBuffer {
    /// Writes a number that is not negative in decimal, without making text of it first.
    fileprivate mutating func writeDecimal(_ number: Int64) {
        let capacity = 19
        writeWithUnsafeMutableBytes(minimumWritableBytes: capacity) { bytes in
            var rest = number
            var start = capacity
            repeat {
                start -= 1
                bytes[start] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            } while rest > 0
            for index in start..<capacity { bytes[index - start] = bytes[index] }
            return capacity - start
        }
    }
}
