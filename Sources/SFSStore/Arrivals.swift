import NIOCore
import SFSCore
import SFSFiles
import SFSVolume
import Synchronization

/// Small contents that come to a store at the same time, so that they share waits for the disk.
///
/// Nobody waits for company: what comes while a group is on its way to the disk is the next group.
final class Arrivals: Sendable {
    private struct Waiting: Sendable {
        let file: ArrivingFile
        let volume: Volume
        let answer: Answer<FileStatus>
        /// Kept until the file is there, or failed.
        let hold: KeyedLock<ContentHash>.Hold
        /// Told of a failure, also when nobody waits for the answer any more.
        let report: @Sendable (any Error) -> Void

        var length: Int { file.bytes.readableBytes }
    }

    /// Bytes that wait for the disk, at most; a disk that hangs does not fill the memory.
    private static let waitingBytesMaximum = 128 << 20

    private struct State {
        var waiting: [Waiting] = []
        /// Of those that wait, and of those that are on their way.
        var bytes = 0
        /// Whether a thread of the disk is at it.
        var isUnderway = false
    }

    private let disk: DiskQueue
    /// Files that go to the disk together, at most.
    private let countMaximum: Int
    private let reserve: ByteCount
    private let state = Mutex(State())

    init(_ disk: DiskQueue, countMaximum: Int, reserve: ByteCount) {
        precondition(countMaximum > 0, "a group of nothing is never done")
        self.disk = disk
        self.countMaximum = countMaximum
        self.reserve = reserve
    }

    /// Makes `file` a replica on `volume`, durably; what the kernel knows of it then.
    ///
    /// A caller that is cancelled stops waiting; the file may become a replica even so, `hold` is kept
    /// until then, and `report` hears of a failure.
    ///
    /// - Throws: `SFSError` with code `.busy` when too many bytes wait.
    func take(
        _ file: ArrivingFile, on volume: Volume, keeping hold: KeyedLock<ContentHash>.Hold,
        report: @escaping @Sendable (any Error) -> Void
    ) async throws -> FileStatus {
        let answer = Answer<FileStatus>()
        let waiting = Waiting(
            file: file, volume: volume, answer: answer, hold: hold, report: report)
        let mustStart = try state.withLock { state in
            guard state.bytes + waiting.length <= Self.waitingBytesMaximum else {
                throw SFSError(.busy, "too many small contents wait for the disk; try again later")
            }
            state.bytes += waiting.length
            state.waiting.append(waiting)
            defer { state.isUnderway = true }
            return !state.isUnderway
        }
        if mustStart {
            do {
                try disk.start { [self] in bringGroup() }
            } catch {
                for waiting in takeAll() { waiting.answer.give(.failure(error)) }
            }
        }
        return try await answer.value()
    }

    /// Brings what waits to the disk, one group on each turn of a thread, so that others who wait
    /// for the disk get theirs.
    private func bringGroup() {
        while true {
            let group = nextGroup()
            guard let volume = group.first?.volume else { return }
            let results = volume.take(group.map(\.file), reserve: reserve)
            state.withLock { $0.bytes -= group.reduce(0) { $0 + $1.length } }
            for (waiting, result) in zip(group, results) {
                if case .failure(let error) = result { waiting.report(error) }
                waiting.answer.give(result)
            }
            // A queue that is full, or takes no more, does not keep this thread from going on.
            if (try? disk.start { [self] in bringGroup() }) != nil { return }
        }
    }

    private func nextGroup() -> [Waiting] {
        state.withLock { state in
            // Two of one name are never in one group: the second finds the first.
            var names: Set<ContentHash> = []
            var group: [Waiting] = []
            var rest: [Waiting] = []
            for waiting in state.waiting {
                if group.count < countMaximum, waiting.volume === state.waiting[0].volume,
                    names.insert(waiting.file.hash).inserted
                {
                    group.append(waiting)
                } else {
                    rest.append(waiting)
                }
            }
            state.waiting = rest
            state.isUnderway = !group.isEmpty
            return group
        }
    }

    private func takeAll() -> [Waiting] {
        state.withLock { state in
            state.isUnderway = false
            defer { state.waiting = [] }
            state.bytes -= state.waiting.reduce(0) { $0 + $1.length }
            return state.waiting
        }
    }
}
