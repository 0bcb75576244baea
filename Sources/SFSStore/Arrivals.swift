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
    }

    private struct State {
        var waiting: [Waiting] = []
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
    /// A caller that is cancelled stops waiting; the file may become a replica even so.
    func take(_ file: ArrivingFile, on volume: Volume) async throws -> FileStatus {
        let answer = Answer<FileStatus>()
        let mustStart = state.withLock { state in
            state.waiting.append(Waiting(file: file, volume: volume, answer: answer))
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
            for (waiting, result) in zip(group, results) { waiting.answer.give(result) }
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
            return state.waiting
        }
    }
}
