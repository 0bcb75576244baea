import Glibc
import NIOCore
import SFSCore
import SFSFetch

/// Makes fetchers that may ask 127.0.0.1, and reads what they bring.
enum FetchFixture {
    /// The environment of these tests names a proxy that does not exist: no fetch may use it.
    private static let hostileEnvironment: Bool = {
        let names = ["http_proxy", "https_proxy", "ALL_PROXY"]
        return names.allSatisfy { setenv($0, "http://127.0.0.1:9", 1) == 0 }
    }()

    static func limits(
        allowed: [String] = ["127.0.0.1"], bytes: Int64 = 100 << 20
    ) throws -> FetchLimits {
        precondition(hostileEnvironment, "the environment cannot be set")
        return FetchLimits(
            allowed: try allowed.map { try IPNetwork(parsing: $0) }, bytesMaximum: bytes,
            totalTimeout: .seconds(60))
    }

    static func fetcher(
        allowed: [String] = ["127.0.0.1"], bytes: Int64 = 100 << 20, workers: Int = 4,
        _ change: (inout FetchLimits) -> Void = { _ in }
    ) throws -> Fetcher {
        var limits = try limits(allowed: allowed, bytes: bytes)
        change(&limits)
        return Fetcher(limits: limits, workers: workers)
    }
}

extension Fetcher {
    /// The whole body as text.
    func text(_ request: FetchRequest) async throws -> String {
        try await fetch(request) { answer in
            var all = ByteBuffer()
            for try await chunk in answer.bytes { all.writeImmutableBuffer(chunk) }
            return String(buffer: all)
        }
    }

    func text(_ url: String) async throws -> String {
        try await text(FetchRequest(url: url))
    }

    /// The error of a fetch that must fail; `nil` when it does not.
    func failure(_ url: String) async -> SFSError? {
        await failure(FetchRequest(url: url))
    }

    func failure(_ request: FetchRequest) async -> SFSError? {
        do {
            _ = try await text(request)
            return nil
        } catch {
            return SFSError(wrapping: error)
        }
    }
}
