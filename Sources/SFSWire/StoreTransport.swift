package import SFSCore

/// How a prism talks to a store, be it in the same process or over HTTP.
///
/// One contract suite (`Tests/SFSStoreTests/StoreTransportContract.swift`) runs against both. Every
/// call may throw `SFSError`; `.unavailable`, `.io`, `.noSpace`, `.timeout` and `.busy` mean "try
/// another store". Every call may be repeated.
package protocol StoreTransport: Sendable {
    /// How the store is now; answers within two seconds or throws.
    func health() async throws -> StoreHealth

    /// Streams `body` into the store's spool under the name `upload`, hashing it with `algorithm`.
    ///
    /// Returns when all of it was written and hashed; nothing is durable yet. What `receive` left
    /// is removed when it throws, when nobody commits it within the store's limit, or at the
    /// store's next start. `length` reserves the room when it is known, and a body of another
    /// length is refused with `.protocol`.
    func receive(
        _ upload: UploadID, algorithm: HashAlgorithm, length: Int64?, body: ByteStream
    ) async throws -> ReceivedBytes

    /// Makes the received bytes the content `hash`, durably: bytes, attributes and name are on
    /// the disk when this returns (`promises.md` s3–s8).
    ///
    /// A good replica that is there already is kept instead and made durable too; a bad one goes
    /// to quarantine and these bytes take its place.
    ///
    /// - Throws: `SFSError` with code `.hashMismatch` when the bytes are not `hash`, `.notFound`
    ///   when there is no such upload. Nothing is left of the upload when it throws.
    func commit(
        _ upload: UploadID, as hash: ContentHash, _ attributes: ContentAttributes
    ) async throws

    /// Makes all of a small content a replica: what `receive` and `commit` do in two calls, with
    /// nothing left when it throws.
    ///
    /// - Throws: as those do; `SFSError` with code `.corrupt` when the bytes are not those that
    ///   were hashed.
    func take(_ content: HashedBytes, _ attributes: ContentAttributes) async throws

    /// Removes what was received under `upload`, if anything.
    func discard(_ upload: UploadID) async

    /// What the store holds under `hash`; `nil` when it holds nothing.
    func find(_ hash: ContentHash) async throws -> ReplicaFacts?

    /// The bytes at `offsets` (`nil` = all), each block checked against its sum before it is
    /// handed on.
    ///
    /// - Throws: `.notFound`; `.rangeNotSatisfiable` when `offsets` goes beyond the end. A block
    ///   that does not match its sum makes the stream throw `.corrupt` before any of its bytes.
    func read(_ hash: ContentHash, offsets: Range<Int64>?) async throws -> ReplicaBody

    /// Reads all bytes of the replica from the disk and compares them with its name.
    ///
    /// A replica that does not match is put into quarantine and taken off the content's record,
    /// unless it is the last one.
    ///
    /// - Throws: `.notFound` when the store holds nothing under `hash`, `.corrupt` when its bytes
    ///   do not match.
    func verify(_ hash: ContentHash) async throws -> VerifiedReplica

    /// Proves that the store has a good replica: its bytes matched within the window
    /// (`StoreSettings.proofWindow`), by a clock that cannot be set, and its file is still there;
    /// else they are read now, as `verify(_:)` does.
    ///
    /// - Throws: as `verify(_:)`.
    func prove(_ hash: ContentHash) async throws -> VerifiedReplica

    /// Removes spool files that nobody holds and trash past its grace, as far as `order` says.
    func prune(_ order: StorePruneOrder) async throws -> [PruneReply.Entry]
}
