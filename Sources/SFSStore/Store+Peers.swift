import Logging
import SFSCatalog
import SFSCore
import SFSWire

/// What another store failed of, as opposed to this one.
struct PeerFailure: Error {
    let error: SFSError

    init(_ error: any Error) {
        self.error = SFSError(wrapping: error)
    }
}

extension Store {
    /// How often a store that works for us is asked whether it is still alive, and how long it may
    /// take to say so.
    private static let aliveInterval: Duration = .seconds(2)
    private static let aliveLimit: Duration = .seconds(3)

    /// Runs `body`, which waits for `peer`, as long as that answers.
    ///
    /// To read a large file takes hours, and all that time a store that hangs looks the same as one
    /// that reads.
    ///
    /// - Throws: `PeerFailure` when it answers no more; what `body` throws.
    func whileAlive<Result: Sendable>(
        _ peer: any StoreTransport, _ name: MemberName,
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                while true {
                    try await Task.sleep(for: Self.aliveInterval)
                    try await Self.asking { () async throws in
                        try await Self.checkAlive(peer, name)
                    }
                }
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let result = first else {
                throw PeerFailure(SFSError(.unavailable, "store '\(name)' is not there"))
            }
            return result
        }
    }

    private static func checkAlive(_ peer: any StoreTransport, _ name: MemberName) async throws {
        let health = try await withTimeLimit(aliveLimit, "store '\(name)'") {
            try await peer.health()
        }
        // So it says of a volume that is gone, or does not answer.
        guard health.totalBytes > 0 else {
            throw SFSError(
                .unavailable, "store '\(name)' is out of service: \(health.problem ?? "unknown")")
        }
    }

    /// Runs `body`, whose errors are those of another store.
    static func asking<Result>(
        _ body: () async throws -> Result
    ) async throws -> Result {
        do {
            return try await body()
        } catch let failure as PeerFailure {
            throw failure
        } catch {
            // Who is cancelled himself has not been failed.
            try Task.checkCancellation()
            throw PeerFailure(error)
        }
    }

    /// The store `name`, once it has proven that it holds all of `content`.
    ///
    /// - Throws: `PeerFailure` when it does not, or cannot be asked.
    func provenPeer(
        _ name: MemberName, of content: ContentRecord
    ) async throws -> any StoreTransport {
        try await Self.asking {
            guard let peer = try await peers(name) else {
                throw SFSError(.unavailable, "store '\(name)' is not known here")
            }
            let limit = settings.proofTimeout
            let proven = try await withTimeLimit(limit, "store '\(name)'") { [self] in
                try await whileAlive(peer, name) { try await peer.prove(content.hash) }
            }
            guard proven.size == content.size else {
                throw SFSError(
                    .corrupt,
                    "'\(content.hash)' on store '\(name)' has \(proven.size) bytes instead of "
                        + "\(content.size)")
            }
            return peer
        }
    }
}
