import SFSCore

/// Fetches URLs that strangers name, over http and https only, without becoming their tool.
///
/// A name is resolved once, and what is connected to is the address that was checked: only public
/// ones, and those that the limits allow. No proxy, cookie store, password file or other setting of
/// this machine plays a part, and certificates are always verified.
package final class Fetcher: Sendable {
    /// How many bytes wait between the connection and the reader, before the sender is held back.
    private static let window = 1 << 20

    private let limits: FetchLimits
    private let gate: FetchGate

    /// Makes a fetcher that does `workers` fetches at once, each on a thread of its own.
    ///
    /// More wait for up to the limit for connecting.
    package init(limits: FetchLimits, workers: Int = 4) {
        self.limits = limits
        gate = FetchGate(places: workers)
    }

    /// Does `request` and hands the answer to `body`, which reads as much of it as it wants.
    ///
    /// The transfer ends when `body` returns or throws, or when the task is cancelled. A slow
    /// reader slows the sender down.
    ///
    /// - Throws: `SFSError` with code `.usage` for a URL, header or body that is refused as such,
    ///   and for too many redirects; `.denied` for an address or a redirect that is refused;
    ///   `.unavailable` when there is no connection, no trust, no answer with status 2xx, or not all
    ///   of it; `.tooLarge`; `.timeout`; `.busy`; `CancellationError`; what `body` throws. Reading
    ///   the bytes throws the same.
    package func fetch<R>(
        _ request: FetchRequest, _ body: (FetchedBody) async throws -> R
    ) async throws -> R {
        let order = try FetchOrder(request)
        try await gate.enter(within: limits.connectTimeout)
        let pipe = FetchPipe(window: Self.window)
        do {
            try FetchThread.start { [gate, limits] in
                FetchRun(order: order, limits: limits, pipe: pipe).perform()
                gate.leave()
            }
        } catch {
            gate.leave()
            throw error
        }
        defer { pipe.abandon() }
        let head = try await pipe.head()
        return try await body(
            FetchedBody(
                mediaType: head.mediaType, length: head.length, fileName: head.fileName,
                bytes: ByteStream(pipe)))
    }
}
