import Logging
import SFSCatalog
import SFSCore
import SFSFiles
import SFSVolume
import SFSWire
import Synchronization

/// Reads all replicas of a volume again and compares them with their hashes (promises.md D8).
///
/// In ascending order of the hashes' first 16 bits, so that the number of those that are behind it
/// says where to go on after a restart; nothing is kept per file. What was being read then is read
/// again, unless the file says that it was verified.
struct VerifyPass: Sendable {
    /// What is read between two notes of how far it is, at most, by who reads several files at once.
    private static let batchFiles = 64
    private static let batchBytes: Int64 = 1 << 30
    /// After so many files in a row that the disk could not read it is the disk, not the files.
    private static let unreadableMaximum = 16

    let store: Store
    let service: Store.Service
    let options: PassOptions
    let report: PassReport
    private let pace: Pace
    private let unreadable = UnreadableFiles()

    init(
        _ store: Store, _ service: Store.Service, _ options: PassOptions, _ report: PassReport
    ) {
        self.store = store
        self.service = service
        self.options = options
        self.report = report
        pace = Pace(
            bytesPerSecond: options.isBackground ? store.settings.verifyRate : options.bandwidth,
            for: report)
    }

    /// - Throws: `SFSError` with the reason why the pass failed; with code `.unavailable`,
    ///   `.timeout` or `.busy` it may be begun again.
    func run() async throws {
        while report.position < PassReport.end {
            let start = report.position
            try await checkPresence()
            for batch in batches(try await files(from: UInt16(start))) {
                try await verify(batch.files)
                report.advance(to: Int(batch.last) + 1)
            }
            // Before it is said that this much is behind it: an empty folder may be a lost disk.
            try await checkPresence()
            report.advance(to: (start | 0xff) + 1)
        }
    }

    private func checkPresence() async throws {
        try Task.checkCancellation()
        let volume = service.volume
        guard try store.service().volume === volume else {
            throw SFSError(.unavailable, "the volume was opened again meanwhile")
        }
        try await store.onPassDisk { try volume.checkPresence() }
    }

    // MARK: Files

    private struct File {
        let hash: ContentHash
        let size: Int64
    }

    private struct Batch {
        var files: [File]
        /// The last prefix of which it has all files.
        var last: UInt16
    }

    /// The files from `prefix` on that have its first byte, in order; they lie in one folder.
    private func files(from prefix: UInt16) async throws -> [File] {
        let (volume, report) = (service.volume, report)
        return try await store.onPassDisk {
            var files: [File] = []
            try volume.scan(.firstByte(UInt8(prefix >> 8))) { entry in
                if case .content(let hash, let size) = entry, hash.prefix >= prefix {
                    files.append(File(hash: hash, size: size))
                }
                return !report.isStopped
            }
            try report.checkStop()
            return files.sorted { $0.hash < $1.hash }
        }
    }

    /// How many files are read at once; in the background it takes no more of the disk than it must.
    private var width: Int { options.isBackground ? 1 : store.settings.passThreads }

    /// Whole prefixes, as many as keep all readers busy.
    private func batches(_ files: [File]) -> [Batch] {
        var batches: [Batch] = []
        var bytes: Int64 = 0
        for file in files {
            let isFull =
                width == 1 || bytes > Self.batchBytes
                || batches.last.map { $0.files.count >= Self.batchFiles } ?? true
            if let last = batches.last, last.last == file.hash.prefix || !isFull {
                batches[batches.count - 1].files.append(file)
                batches[batches.count - 1].last = file.hash.prefix
                bytes += file.size
            } else {
                batches.append(Batch(files: [file], last: file.hash.prefix))
                bytes = file.size
            }
        }
        return batches
    }

    private func verify(_ files: [File]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var rest = files[...]
            func next() {
                guard let file = rest.popFirst() else { return }
                group.addTask { try await verify(file.hash) }
            }
            for _ in 0..<width { next() }
            while try await group.next() != nil { next() }
        }
    }

    private func verify(_ hash: ContentHash) async throws {
        try Task.checkCancellation()
        report.count { $0.files += 1 }
        if try await isFresh(hash) {
            return report.count { $0.skipped += 1 }
        }
        switch try await store.judge(hash, pace: pace) {
        // It went away meanwhile.
        case nil: return
        case .good?:
            unreadable.end()
            report.count { $0.valid += 1 }
        case .bad(let error, let isInQuarantine)?:
            report.count { if isInQuarantine { $0.quarantined += 1 } else { $0.failed += 1 } }
            guard error.code == .io else { return unreadable.end() }
            guard unreadable.count() < Self.unreadableMaximum else {
                throw SFSError(
                    .io, "the disk of store '\(store.settings.name)' cannot be read; replace it",
                    cause: error)
            }
        }
    }

    /// Whether the file says that it was verified lately enough, which saves work and proves nothing
    /// to anybody.
    private func isFresh(_ hash: ContentHash) async throws -> Bool {
        guard !options.force else { return false }
        let now = Timestamp.now()
        let window = store.settings.verifyWindow.components.seconds * 1000
        let oldest = options.since ?? Timestamp(milliseconds: now.milliseconds - window)
        let volume = service.volume
        let verified = try await store.onPassDisk { () -> Timestamp? in
            do {
                return try volume.openReplica(hash)?.verifiedTime()
            } catch let error as SFSError where error.code == .corrupt {
                return nil
            }
        }
        // One from the future was written by another clock.
        return verified.map { $0 >= oldest && $0 <= now } ?? false
    }
}

/// How many files in a row the disk could not read.
private final class UnreadableFiles: Sendable {
    private let number = Atomic(0)

    /// One more; their number.
    func count() -> Int { number.add(1, ordering: .relaxed).newValue }

    /// One that it could read.
    func end() { number.store(0, ordering: .relaxed) }
}
