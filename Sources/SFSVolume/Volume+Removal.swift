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
            guard let file = try content.openFile(hash) else { return false }
            guard let found = try file.contentAttributes()?.generation else {
                throw SFSError(
                    .conflict, "cannot remove '\(hash)': it has lost the number of its generation")
            }
            guard found <= generation else { return false }
            return try move(
                hash, from: content.parent(of: hash), to: trashFolder(of: day),
                as: "\(hash).\(found)")
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

    /// Moves the replica of `hash` into quarantine, durably; whether there was one.
    ///
    /// With `replica` only while the name still belongs to that very file: a good one may have
    /// taken the place of the one that was found bad.
    @discardableResult
    package func moveToQuarantine(
        _ hash: ContentHash, at time: Timestamp, ifStill replica: OpenReplica? = nil
    ) throws -> Bool {
        try locks.withLock(on: hash) {
            guard let parent = try content.existingParent(of: hash),
                let status = try parent.status(of: ContentFolder.name(of: hash))
            else { return false }
            if let replica, !status.isSameFile(as: replica.status) { return false }
            return try quarantine(hash, at: time, from: parent)
        }
    }

    @discardableResult
    func quarantine(
        _ hash: ContentHash, at time: Timestamp, from parent: Folder
    ) throws -> Bool {
        let compact = time.description.filter { $0 != "-" && $0 != ":" && $0 != "." }
        return try move(hash, from: parent, to: quarantine, as: "\(hash).\(compact)")
    }

    /// How many files of the same name a folder takes: each further one gets `.1`, `.2` and so on.
    private static let sameNamesMaximum = 1000

    /// Renames, durably on both sides, and replaces nothing; `false` when there was no such file.
    private func move(
        _ hash: ContentHash, from parent: Folder, to target: Folder, as name: String
    ) throws(SFSError) -> Bool {
        for number in 0..<Self.sameNamesMaximum {
            let newName = FilePath(number == 0 ? name : "\(name).\(number)")
            do {
                guard try parent.rename(ContentFolder.name(of: hash), into: target, as: newName)
                else { continue }
            } catch {
                if error.code == .notFound { return false }
                throw error
            }
            // Where it is now before where it was: after a crash it may be in both, never in none.
            try target.synchronize()
            try parent.synchronize()
            return true
        }
        throw SFSError(.conflict, "cannot move '\(hash)': '\(target.path)' has too many of it")
    }
}
