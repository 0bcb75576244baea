package import SFSCore
import SFSFiles
import SystemPackage

extension Volume {
    /// Brings the replica of `hash` back from the trash, durably, and gives its size; `nil` when
    /// there is none.
    ///
    /// The newest of those whose generation is `generation` or an older one, if all its bytes match
    /// the name; a bad one goes to quarantine, and the next is tried. It gets `attributes`. When
    /// there is a good file of that name already, that one stays, and gets them if they are of a
    /// higher generation.
    ///
    /// - Throws: `SFSError` with code `.io` when the disk cannot read one.
    package func restoreFromTrash(
        _ hash: ContentHash, generation: Int32, attributes: ContentAttributes, at time: Timestamp
    ) throws -> Int64? {
        try locks.withLock(on: hash) {
            if let size = try keepExisting(hash, attributes) { return size }
            // Each that is bad is moved away, so that another one is found.
            for _ in 0..<Self.sameNamesMaximum {
                guard let found = try findInTrash(hash, generation) else { return nil }
                if let size = try restore(found, as: hash, attributes, at: time) { return size }
            }
            return nil
        }
    }

    /// How many generations are looked for by name, before the trash is read through.
    private static let generationsGuessed: Int32 = 4

    private func findInTrash(
        _ hash: ContentHash, _ generation: Int32
    ) throws -> ContentFolder.Found? {
        // Nearly always it is the very generation of the order, and in one of the last days.
        let oldest = max(1, generation - Self.generationsGuessed)
        let days = try trash.names().filter { TrashName.isDay($0.string) }.reversed()
        for number in stride(from: generation, through: oldest, by: -1) {
            let name = FilePath("\(hash).\(number)")
            for day in days {
                guard let folder = try trash.folderIfThere(day),
                    let status = try folder.status(of: name), status.kind == .file
                else { continue }
                return ContentFolder.Found(folder: folder, name: name, status: status)
            }
        }
        var newest: (generation: Int32, found: ContentFolder.Found)?
        try forEachFile(of: hash) { found, name in
            guard name.generation <= generation else { return }
            if let known = newest,
                (known.generation, known.found.status.changed)
                    >= (name.generation, found.status.changed)
            {
                return
            }
            newest = (name.generation, found)
        }
        return newest?.found
    }

    /// Everything of `hash` in the trash.
    private func forEachFile(
        of hash: ContentHash, _ body: (ContentFolder.Found, TrashName) throws -> Void
    ) throws {
        let start = Array("\(hash).".utf8)
        let scanner = ScannerChoice.automatic.scanner()
        for day in try trash.names() where TrashName.isDay(day.string) {
            guard let folder = try trash.folderIfThere(day) else { continue }
            try scanner.scan(folder, where: { $0.starts(with: start) }) { entry in
                let text = String(decoding: entry.name, as: UTF8.self)
                let name = FilePath(text)
                guard let parsed = TrashName(text), let status = try folder.status(of: name),
                    status.kind == .file
                else { return true }
                try body(
                    ContentFolder.Found(folder: folder, name: name, status: status), parsed)
                return true
            }
        }
    }

    /// `nil` when the file is bad, or gone.
    private func restore(
        _ found: ContentFolder.Found, as hash: ContentHash, _ attributes: ContentAttributes,
        at time: Timestamp
    ) throws -> Int64? {
        guard let file = try found.folder.openFileIfThere(found.name) else { return nil }
        let replica: OpenReplica
        do {
            replica = try OpenReplica(hash, file)
            try replica.verify(at: time)
        } catch let error as SFSError where error.code == .corrupt || error.code == .io {
            try quarantine(hash, found, at: time)
            // A disk that cannot read is more than one bad file: the store must hear of it.
            guard error.code == .corrupt else { throw error }
            return nil
        }
        // As when it is received (promises.md, s4 to s7): no name in `content` before all of the
        // file is on the disk, attributes included. After a crash it is in the trash or, whole and
        // with its new generation, under its name.
        try replica.settle(attributes)
        let parent = try content.makeFolder(of: hash)
        let name = content.newName(of: hash, fileExtension: attributes.fileExtension)
        guard try found.folder.rename(found.name, into: parent, as: name) else {
            throw SFSError(.conflict, "cannot restore '\(hash)': something else has its name")
        }
        // Where it is now before where it was, as in every move.
        try parent.synchronize()
        try found.folder.synchronize()
        return replica.size
    }
}
