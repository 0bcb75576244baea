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
    /// So many files may be read beyond one that takes long: after a restart they are read again.
    private static let aheadMaximum = 1024
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
        try await checkPresence()
        try await withThrowingTaskGroup(of: UInt16.self) { group in
            // Files of the folder that was listed last, the next one at the end.
            var waiting: [ContentHash] = []
            // Where the next folder to be listed begins.
            var unlisted = report.position
            // Prefixes of the files that are being read.
            var underway: [UInt16] = []
            // Files that were read since the position moved last.
            var ahead = 0
            // Readers go on from one folder to the next: else all would wait, at the end of each,
            // for who reads the largest file in it.
            while true {
                while waiting.isEmpty, unlisted < PassReport.end {
                    waiting = try await files(from: UInt16(unlisted)).reversed()
                    unlisted = (unlisted | 0xff) + 1
                }
                let mayBegin =
                    underway.isEmpty || underway.count < width && ahead < Self.aheadMaximum
                if mayBegin, let hash = waiting.popLast() {
                    underway.append(hash.prefix)
                    group.addTask {
                        try await verify(hash)
                        return hash.prefix
                    }
                    continue
                }
                let ended = try await group.next()
                if let ended, let index = underway.firstIndex(of: ended) {
                    underway.remove(at: index)
                }
                let next = waiting.last.map { Int($0.prefix) } ?? unlisted
                let position = underway.min().map { min(Int($0), next) } ?? next
                ahead = position > report.position ? 0 : ahead + 1
                try await advance(to: position)
                if ended == nil { return }
            }
        }
    }

    /// All files below `position` were read.
    private func advance(to position: Int) async throws {
        // Before it is said that a folder is behind it: an empty one may be a lost disk.
        if position >> 8 != report.position >> 8 { try await checkPresence() }
        report.advance(to: position)
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

    /// The files from `prefix` on that have its first byte, in order; they lie in one folder.
    private func files(from prefix: UInt16) async throws -> [ContentHash] {
        let (volume, report) = (service.volume, report)
        return try await store.onPassDisk {
            var files: [ContentHash] = []
            try volume.scan(.firstByte(UInt8(prefix >> 8))) { entry in
                if case .content(let hash, _) = entry, hash.prefix >= prefix { files.append(hash) }
                return !report.isStopped
            }
            try report.checkStop()
            return files.sorted()
        }
    }

    /// How many files are read at once.
    private var width: Int { store.passWidth(options) }

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
