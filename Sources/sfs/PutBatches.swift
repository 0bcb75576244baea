import SFSClient
import SFSCore
import SFSWire
import SystemPackage

/// Puts many files: hashes a batch, asks once which of it is there, and sends the rest.
struct PutBatches: Sendable {
    /// Few enough that the first file is not long in coming, and that all may be open.
    private static let filesPerBatchMaximum = 256

    let policy: PutPolicy
    let transfer: FileTransfer
    let session: Session
    let progress: Progress

    /// A file that is open, and hashed when it could be.
    private struct Candidate: Sendable {
        let upload: FileUpload
        let hash: ContentHash?
    }

    /// Puts all of `sources`, and goes on past those that fail.
    ///
    /// - Throws: `SFSError` when it makes no sense to go on: nobody answers, nobody may.
    func put(_ sources: PutSources) async throws -> Answer {
        // Nobody shall wait for the hash of a long film to hear that there is no daemon.
        try await session.prism.ping()
        var tally = PutTally(output: session.output)
        var batch: [PutSources.Source] = []
        for source in sources {
            batch.append(source)
            guard batch.count == Self.filesPerBatchMaximum else { continue }
            try await put(batch, &tally)
            batch = []
        }
        try await put(batch, &tally)
        return tally.answer()
    }

    private func put(_ batch: [PutSources.Source], _ tally: inout PutTally) async throws {
        var candidates: [Result<Candidate, SFSError>] = []
        try await forEachInOrder(batch, width: policy.width) { source in
            try await outcome { try await prepare(source) }
        } use: {
            candidates.append($0)
        }
        // What could not be prepared is reported when its turn comes.
        let there = try await known(candidates.compactMap { try? $0.get().hash })
        try await forEachInOrder(candidates, width: sendingWidth(candidates)) { candidate in
            try await outcome { try await put(try candidate.get(), knowing: there) }
        } use: { outcome in
            progress.didFinishFile()
            try tally.add(outcome)
        }
    }

    /// How many of `candidates` are sent at once.
    private func sendingWidth(_ candidates: [Result<Candidate, SFSError>]) -> Int {
        let areSmall = candidates.allSatisfy { candidate in
            // What could not be prepared is not sent.
            guard let upload = try? candidate.get().upload else { return true }
            return upload.size.map { $0 <= PutPolicy.smallFileMaximum } ?? false
        }
        return areSmall ? policy.smallFilesWidth : policy.width
    }

    private func prepare(_ source: PutSources.Source) async throws -> Candidate {
        let path: FilePath?
        switch source {
        case .failed(let error): throw error
        case .standardInput: path = nil
        case .file(let file): path = file
        }
        let upload = try await FileUpload.open(path, for: transfer)
        guard policy.asksFirst, let size = upload.size else {
            progress.willMove(upload.size ?? 0)
            return Candidate(upload: upload, hash: nil)
        }
        progress.willMove(2 * size)
        let hash = try await upload.hash(policy.algorithm)
        if let expectation = policy.expectation, hash != expectation {
            throw SFSError(
                .hashMismatch, "'\(upload.name)' has the hash '\(hash)', not '\(expectation)'")
        }
        return Candidate(upload: upload, hash: hash)
    }

    /// Those of `hashes` that the cluster has.
    private func known(_ hashes: [ContentHash]) async throws -> Set<ContentHash> {
        let entries = try await session.prism.exists(Array(Set(hashes)))
        return Set(entries.filter(\.exists).map(\.hash))
    }

    private func put(
        _ candidate: Candidate, knowing there: Set<ContentHash>
    ) async throws -> PutResult {
        let upload = candidate.upload
        let options = policy.options(for: upload.path, hash: candidate.hash ?? policy.expectation)
        do {
            if let hash = candidate.hash, there.contains(hash),
                let content = try await topUp(hash, options)
            {
                progress.didMove(upload.size ?? 0)
                return PutResult(upload: upload, content: content, wasSent: false)
            }
            let content = try await upload.send(options)
            return PutResult(upload: upload, content: content, wasSent: true)
        } catch let error as SFSError {
            guard error.code != .hashMismatch || candidate.hash == nil else {
                throw SFSError(
                    .hashMismatch, "'\(upload.name)' changed while it was sent; put it again",
                    cause: error)
            }
            throw SFSError(
                error.code, "cannot put '\(upload.name)': \(error.message)", cause: error.cause)
        }
    }

    /// Has the cluster answer for a content that is there; `nil` when it is gone meanwhile.
    ///
    /// Asked even where there seem to be enough copies: only this answer says that they are durable.
    private func topUp(_ hash: ContentHash, _ options: PutOptions) async throws -> ContentReply? {
        do {
            return try await session.prism.topUp(hash, copies: options.copies)
        } catch let error as SFSError where error.code == .notFound {
            return nil
        }
    }

    /// What `body` gives, or how it failed; only cancellation goes on up.
    private func outcome<Value: Sendable>(
        _ body: () async throws -> Value
    ) async throws -> Result<Value, SFSError> {
        do {
            return .success(try await body())
        } catch let error as CancellationError {
            throw error
        } catch {
            return .failure(SFSError(wrapping: error))
        }
    }
}

extension FileUpload {
    /// The path as text, `-` for standard input.
    var name: String { path?.string ?? "-" }
}
