package import SFSCore
import SFSFiles
import Synchronization
import SystemPackage

extension Volume {
    /// Calls `body` with everything in the trash until it returns `false`; the oldest day first, in
    /// no order within a day.
    ///
    /// Files with names that we do not give are passed over.
    package func trashEntries(_ body: (TrashEntry) throws -> Bool) throws {
        try forEachInTrash { found, name, day in
            try body(TrashEntry(name, found.status, day: day))
        }
    }

    /// Removes what has been in the trash for longer than `grace`, or only says what that would be.
    ///
    /// `now` is compared with the time of the rename into the trash, which this machine's clock
    /// gave; what seems to lie in the future is kept, and so is what `isDead` does not want removed.
    package func emptyTrash(
        olderThan grace: Duration, now: Timestamp, dryRun: Bool = false,
        where isDead: (ContentHash) -> Bool = { _ in true }
    ) throws -> FreedSpace {
        var freed = FreedSpace()
        let newest = now.milliseconds - grace.milliseconds
        try forEachInTrash { found, name, _ in
            guard found.status.changeTime.milliseconds < newest, isDead(name.hash) else {
                return true
            }
            if try dryRun || remove(found, name.hash, changedBefore: newest) {
                freed.add(found.status.size)
            }
            return true
        }
        if !dryRun { try removeEmptyDays() }
        return freed
    }

    /// Unlinks a file in the trash; `false` when it is gone.
    ///
    /// Looked at again under the lock: it may have been restored and removed anew since. Not
    /// synchronised: what a crash brings back is removed the next time.
    private func remove(
        _ found: ContentFolder.Found, _ hash: ContentHash, changedBefore newest: Int64
    ) throws -> Bool {
        try locks.withLock(on: hash) {
            guard let status = try found.folder.status(of: found.name),
                status.changeTime.milliseconds < newest
            else { return false }
            return try found.folder.unlink(found.name)
        }
    }

    /// Removes folders of days with nothing in them; never that of the day into which files are
    /// being moved now, and a move that had opened another one is told to try again.
    private func removeEmptyDays() throws {
        for day in try trash.names() where TrashName.isDay(day.string) {
            try durableTrashDay.withLock { durable throws(SFSError) in
                guard durable != day else { return }
                try trash.removeFolder(day)
            }
        }
    }

    /// Calls `body` with every file of ours in the trash, what its name says, and its day.
    func forEachInTrash(
        _ body: (ContentFolder.Found, TrashName, _ day: String) throws -> Bool
    ) throws {
        var wantsMore = true
        for day in try trash.names() where TrashName.isDay(day.string) {
            guard let folder = try trash.folderIfThere(day) else { continue }
            try folder.forEachName { name in
                guard let parsed = TrashName(name.string), let status = try folder.status(of: name),
                    status.kind == .file
                else { return true }
                wantsMore = try body(
                    ContentFolder.Found(folder: folder, name: name, status: status), parsed,
                    day.string)
                return wantsMore
            }
            guard wantsMore else { return }
        }
    }
}
