import SFSCore
import Synchronization

/// Memory for bodies that are collected whole, shared by all requests of a member.
///
/// Small ones are free: the number of connections bounds them.
final class BodyBudget: Sendable {
    /// Bytes for all together.
    private static let bytesMaximum = 64 << 20
    /// Bytes of a body that counts for nothing.
    private static let smallMaximum = 64 << 10

    private let taken = Atomic(0)

    /// Runs `body` with room for `count` bytes.
    ///
    /// - Throws: `SFSError` with code `.busy` when there is none just now; what `body` throws.
    func with<Result>(
        _ count: Int, _ body: () async throws -> Result
    ) async throws -> Result {
        guard count > Self.smallMaximum else { return try await body() }
        let total = taken.add(count, ordering: .relaxed).newValue
        defer { taken.subtract(count, ordering: .relaxed) }
        // One alone may always come in, however large the limit of a body is set.
        guard total <= Self.bytesMaximum || total == count else {
            throw SFSError(.busy, "too many large requests at once; try again")
        }
        return try await body()
    }
}
