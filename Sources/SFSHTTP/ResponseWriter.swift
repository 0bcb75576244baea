import NIOCore
import SFSCore

/// Sends responses down one connection.
struct ResponseWriter: Sendable {
    /// Bytes handed over before the channel must have seen them.
    private static let unseenBytesMaximum = 512 << 10

    let channel: any Channel
    let output: NIOAsyncChannelOutboundWriter<Output>
    let dates: DateClock

    /// Tells the client to send its body.
    func sendContinue() async throws {
        let line = ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")
        try await output.write(Output(bytes: line, next: .more))
    }

    /// Sends all of `response`; the channel closes afterwards if it is not to be kept.
    ///
    /// `sent` counts the bytes of the body that the channel has taken, also when this throws.
    ///
    /// - Throws: when the client is gone or the body ended early: the connection must be closed
    ///   at once, so that the client sees that bytes are missing.
    func send(
        _ response: HTTPResponse, _ circumstances: ResponseHead.Circumstances,
        counting sent: inout Int64
    ) async throws {
        var head = ByteBufferAllocator().buffer(capacity: 512)
        ResponseHead.write(response, circumstances, date: dates.text(), into: &head)
        let end: Output.Next = circumstances.isKeepAlive ? .request : .close
        let isEmpty =
            response.body.length == 0 || circumstances.isHead
            || !ResponseHead.allowsBody(response.status)
        if isEmpty {
            return try await output.write(Output(bytes: head, next: end))
        }
        switch response.body {
        case .none: break
        case .bytes(let bytes):
            try await output.write(contentsOf: [
                Output(bytes: head, next: .more),
                Output(bytes: bytes, next: end),
            ])
            sent += Int64(bytes.readableBytes)
        case .stream(let length, let stream):
            try await send(
                stream, length: length, after: head, end: end, circumstances, counting: &sent)
        }
    }

    private func send(
        _ stream: ByteStream, length: Int64, after head: ByteBuffer, end: Output.Next,
        _ circumstances: ResponseHead.Circumstances, counting sent: inout Int64
    ) async throws {
        var missing = length
        var unseen = 0
        var head: ByteBuffer? = head
        do {
            for try await chunk in stream where chunk.readableBytes > 0 {
                missing -= Int64(chunk.readableBytes)
                guard missing >= 0 else {
                    throw SFSError(.internal, "a response is longer than was announced")
                }
                let last = Output(bytes: chunk, next: missing == 0 ? end : .more)
                if let first = head.take() {
                    try await output.write(contentsOf: [
                        Output(bytes: first, next: .more), last,
                    ])
                } else {
                    try await output.write(last)
                }
                sent += Int64(chunk.readableBytes)
                if missing == 0 { return }
                unseen += chunk.readableBytes
                if unseen > Self.unseenBytesMaximum {
                    // The writer holds us back only once the channel has seen that it is full,
                    // and its loop may be busy: without this, a quick stream fills the memory.
                    try await channel.eventLoop.submit {}.get()
                    unseen = 0
                }
            }
            throw SFSError(.io, "a response is shorter than was announced")
        } catch let error as SFSError where head != nil {
            // Nothing was sent yet: the client can be told.
            var instead: Int64 = 0
            try await send(Refusal(error).response, circumstances, counting: &instead)
        }
    }
}
