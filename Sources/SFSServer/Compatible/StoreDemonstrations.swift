import NIOCore
import SFSCore
import SFSHTTP

/// What anybody may ask a store for to see that, and how quickly, it answers (protocol.md 2.4).
enum StoreDemonstrations {
    static let routes = [
        Route("GET", "/content/speedtest", .open, .plain, isShared: true) { call in
            let size = try call.request.queryValue("size") ?? "1m"
            return HTTPResponse(
                status: 200,
                headers: [
                    "Content-Type": MediaType.unknown, "Cache-Control": "no-store",
                    "Content-Disposition": ContentDisposition.attachment("test\(size).bin"),
                ],
                body: .stream(length: length(size), ByteStream(Zeros(missing: length(size)))))
        },
        Route("GET", "/content/pizza", .open, .plain, isShared: true) { _ in
            HTTPResponse(
                status: 200, headers: ["Content-Type": "text/html; charset=utf-8"],
                body: .bytes(
                    ByteBuffer(
                        string: """
                            <html><head><title>Pizza</title></head>\
                            <body style="margin: 0; padding: 0"><img src="\(pizza)"/></body></html>
                            """)))
        },
    ]

    private static let lengthMaximum: Int64 = 1_000_000_000

    /// The bytes that `size` means, for example `10m`; a million when it means nothing.
    static func length(_ size: String) -> Int64 {
        let factor: Int64 =
            switch size.last {
            case "g", "G": 1_000_000_000
            case "m", "M": 1_000_000
            case "k", "K": 1000
            default: 1
            }
        let digits = factor == 1 ? size[...] : size.dropLast()
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let count = Int64(digits)
        else { return 1_000_000 }
        let (length, isTooLarge) = count.multipliedReportingOverflow(by: factor)
        return isTooLarge ? lengthMaximum : min(length, lengthMaximum)
    }

    private static let pizza = """
        data:image/svg+xml;base64,\
        PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCA2NCA2NCI+\
        PHBhdGggZmlsbD0iI2Q5YTQ0MSIgZD0iTTQgMTJRMzItNCA2MCAxMkwzMiA2MnoiLz48cGF0aCBmaWxs\
        PSIjZjZkNjZiIiBkPSJNOSAxNVEzMiAzIDU1IDE1TDMyIDU3eiIvPjxnIGZpbGw9IiNjMDM5MmIiPjxj\
        aXJjbGUgY3g9IjI0IiBjeT0iMjAiIHI9IjQiLz48Y2lyY2xlIGN4PSIzOSIgY3k9IjIyIiByPSI0Ii8+\
        PGNpcmNsZSBjeD0iMzEiIGN5PSIzNiIgcj0iNCIvPjwvZz48L3N2Zz4=
        """
}

/// So many zero bytes, of which one chunk is in memory.
private struct Zeros: AsyncSequence, AsyncIteratorProtocol, Sendable {
    typealias Element = ByteBuffer
    typealias Failure = any Error

    private static let chunk = ByteBuffer(repeating: 0, count: 256 << 10)

    var missing: Int64

    func makeAsyncIterator() -> Zeros { self }

    mutating func next(isolation actor: isolated (any Actor)?) async throws -> ByteBuffer? {
        guard missing > 0 else { return nil }
        let part = Self.chunk.getSlice(
            at: 0, length: Int(Swift.min(missing, Int64(Self.chunk.readableBytes))))
        missing -= Int64(part?.readableBytes ?? 0)
        return part
    }

    mutating func next() async throws -> ByteBuffer? { try await next(isolation: nil) }
}
