import NIOCore
import PrismStandIn
import SFSCore
import Synchronization
import Testing

@testable import SFSClient

/// Opens a transport to `address`, hands it to `body`, and closes it.
func withTransport<Value>(
    to address: String, token: String? = nil, limits: HTTPLimits = HTTPLimits(),
    remedy: String? = nil, _ body: (HTTPTransport) async throws -> Value
) async throws -> Value {
    let transport = HTTPTransport(
        try HTTPAddress(parsing: address), token: token, limits: limits, remedy: remedy)
    do {
        let value = try await body(transport)
        await transport.shutdown()
        return value
    } catch {
        await transport.shutdown()
        throw error
    }
}

/// A store whose other end follows `script`.
func withStore<Value>(
    limits: HTTPLimits = HTTPLimits(), script: @escaping @Sendable (RawConnection) -> Void,
    _ body: (StoreClient) async throws -> Value
) async throws -> Value {
    let server = try RawServer(script: script)
    defer { server.stop() }
    return try await withTransport(to: server.address, limits: limits) {
        try await body(StoreClient($0))
    }
}

/// All bytes of `stream`.
func collect(_ stream: ByteStream) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await chunk in stream { bytes += chunk.readableBytesView }
    return bytes
}

/// A stream of `chunks`, each after `delay`.
func stream(_ chunks: [[UInt8]], every delay: Duration = .zero) -> ByteStream {
    let chunks = Mutex(chunks[...])
    return ByteStream(
        AsyncThrowingStream {
            if delay > .zero { try await Task.sleep(for: delay) }
            return chunks.withLock { $0.popFirst() }.map { ByteBuffer(bytes: $0) }
        })
}

/// What a script saw, for the test to look at.
final class Seen<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])

    var all: [Value] { values.withLock { $0 } }

    func add(_ value: Value) { values.withLock { $0.append(value) } }
}

/// Hears of bytes and counts them.
final class CountingObserver: TransferObserver {
    private let counts = Mutex<(expected: Int64, moved: Int64)>((0, 0))

    var expected: Int64 { counts.withLock { $0.expected } }
    var moved: Int64 { counts.withLock { $0.moved } }

    func willMove(_ bytes: Int64) { counts.withLock { $0.expected += bytes } }
    func didMove(_ bytes: Int64) { counts.withLock { $0.moved += bytes } }
}
