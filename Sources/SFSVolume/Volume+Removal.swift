package import SFSCore
import SFSFiles
import Synchronization
import SystemPackage

extension Volume {
    /// Moves the replica of `hash` into the trash folder of `day`, durably, if its generation is
    /// `generation` or an older one; whether it did.
    ///
    /// - Throws: `SFSError` with code `.conflict` when the replica has lost its attributes, so that
    ///   its generation is not known.
    package func moveToTrash(
        _ hash: ContentHash, generation: Int32, on day: Timestamp
    ) throws -> Bool {
        try locks.withLock(on: hash) {
            guard let file = try content.openFile(hash), let place = try content.find(hash) else {
                return false
            }
            guard let found = try file.contentAttributes()?.generation else {
                throw SFSError(
                    .conflict, "cannot remove '\(hash)': it has lost the number of its generation")
            }
            guard found <= generation else { return false }
            return try move(place, to: trashFolder(of: day), as: "\(hash).\(found)")
        }
    }

    /// The trash folder of `day`, which is on the disk when this returns.
    private func trashFolder(of day: Timestamp) throws(SFSError) -> Folder {
        let name = FilePath(String(day.description.prefix(10).filter { $0 != "-" }))
        try durableTrashDay.withLock { durable throws(SFSError) in
            guard durable != name else { return }
            try trash.makeFolder(name)
            // Also when it was there: who made it may have ended before it was on the disk.
            try trash.synchronize()
            durable = name
        }
        return try trash.folder(name)
    }

    /// How many files of the same name a folder takes: each further one gets `.1`, `.2` and so on.
    static let sameNamesMaximum = 1000

    /// Renames, durably on both sides, and replaces nothing; `false` when there was no such file.
    func move(
        _ found: ContentFolder.Found, to target: Folder, as name: String
    ) throws(SFSError) -> Bool {
        for number in 0..<Self.sameNamesMaximum {
            let newName = FilePath(number == 0 ? name : "\(name).\(number)")
            do {
                guard try found.folder.rename(found.name, into: target, as: newName)
                else { continue }
            } catch {
                guard error.code == .notFound else { throw error }
                guard try found.folder.status(of: found.name) != nil else { return false }
                // A day's folder that was empty, and was removed between its opening and now.
                throw SFSError(
                    .busy, "cannot move '\(found.name)': '\(target.path)' is gone; try again",
                    cause: error)
            }
            // Where it is now before where it was: after a crash it may be in both, never in none.
            try target.synchronize()
            try found.folder.synchronize()
            return true
        }
        throw SFSError(
            .conflict, "cannot move '\(found.name)': '\(target.path)' has too many of it")
    }
}
