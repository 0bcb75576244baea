package import NIOCore
package import SFSCore
import SFSFiles
import Synchronization
import SystemPackage

/// Bytes that are being received into a volume's spool.
///
/// In order: `append` until all came, `finish`, then `commit` or `discard`. Whatever throws also
/// discards, and so does letting the last reference go. May be given from thread to thread; calls
/// that come at once wait for each other.
package final class SpoolFile: Sendable {
    private struct State {
        /// `nil` after the end.
        var write: DurableWrite?
        var hasher: ContentHasher
        var sums = BlockSumBuilder()
        var received: ContentHash?
        var spaceChecked: Int64 = 0
    }

    /// How many bytes of unknown total are written between two looks at the free space.
    private static let spaceStep: Int64 = 16 << 20

    /// Its name in the spool.
    package let upload: UploadID
    private let volume: Volume
    private let expectedLength: Int64?
    private let reserve: ByteCount
    private let state: Mutex<State>

    init(
        _ upload: UploadID, in volume: Volume, algorithm: HashAlgorithm, length: Int64?,
        reserve: ByteCount
    ) throws(SFSError) {
        self.upload = upload
        self.volume = volume
        self.reserve = reserve
        expectedLength = length
        let hasher = try ContentHasher(algorithm)
        let write = try DurableWrite(
            in: volume.spool, named: FilePath(upload.text), expectedLength: length)
        state = Mutex(State(write: write, hasher: hasher))
    }

    deinit {
        volume.forget(upload)
    }

    /// Writes and hashes the readable bytes of `buffer`.
    ///
    /// - Throws: `SFSError` with code `.protocol` when they are more than were announced,
    ///   `.noSpace` when they would eat into the reserve, `.notFound` after the end.
    package func append(_ buffer: ByteBuffer) throws {
        try perform { state, write in
            let length = write.length + Int64(buffer.readableBytes)
            if let expectedLength, length > expectedLength {
                throw SFSError(.protocol, "more than the announced \(expectedLength) bytes came")
            }
            if expectedLength == nil, length - state.spaceChecked >= Self.spaceStep {
                try volume.checkRoom(for: Int64(buffer.readableBytes), reserve: reserve)
                state.spaceChecked = length
            }
            try write.append(buffer)
            state.hasher.update(buffer)
            buffer.withUnsafeReadableBytes { state.sums.append($0) }
        }
    }

    /// The hash and the number of the bytes; nothing can be appended any more.
    ///
    /// - Throws: `SFSError` with code `.protocol` when they are fewer than were announced,
    ///   `.notFound` after the end.
    package func finish() throws -> (hash: ContentHash, size: Int64) {
        try perform { state, write in
            (try Self.received(&state, write, expectedLength), write.length)
        }
    }

    /// Makes the bytes the content `hash`, durably: when this returns, bytes, attributes, name and
    /// every folder above are on the disk (promises.md, s3 to s7).
    ///
    /// When there is a file of that name already it is read from the disk. A good one is made
    /// durable and kept, with the attributes of the higher generation; a bad one goes to quarantine
    /// and these bytes take its place.
    ///
    /// - Throws: `SFSError` with code `.hashMismatch` when the bytes are not `hash`, `.notFound`
    ///   after the end.
    package func commit(as hash: ContentHash, attributes: ContentAttributes) throws {
        try perform { state, write in
            let received = try Self.received(&state, write, expectedLength)
            guard received == hash else {
                throw SFSError(.hashMismatch, "received '\(received)', expected '\(hash)'")
            }
            try write.label(attributes, state.sums.finish())
            try write.seal(permissions: 0o444)
            try volume.place(write, as: hash, attributes)
            state.write = nil
        }
        volume.forget(upload)
    }

    /// Removes what was received; does nothing after the end.
    package func discard() throws {
        try state.withLock { state in
            try state.write?.discard()
            state.write = nil
        }
        volume.forget(upload)
    }

    private static func received(
        _ state: inout State, _ write: DurableWrite, _ expectedLength: Int64?
    ) throws -> ContentHash {
        if let received = state.received { return received }
        if let expectedLength, write.length < expectedLength {
            throw SFSError(
                .protocol, "\(write.length) of the announced \(expectedLength) bytes came")
        }
        let received = try state.hasher.finish()
        state.received = received
        return received
    }

    private func perform<Result: Sendable>(
        _ body: (inout State, DurableWrite) throws -> Result
    ) throws -> Result {
        try state.withLock { state in
            guard let write = state.write else {
                throw SFSError(.notFound, "upload '\(upload)' is not there")
            }
            do {
                return try body(&state, write)
            } catch {
                state.write = nil
                // What it failed of is what the caller must hear; a sweep removes what is left.
                try? write.discard()
                volume.forget(upload)
                throw error
            }
        }
    }
}
