package import SFSCore
import SFSFiles
import SystemPackage

extension Volume {
    /// Moves the replica of `hash` into quarantine, durably; whether there was one.
    ///
    /// With `replica` only while the name still belongs to that very file: a good one may have
    /// taken the place of the one that was found bad.
    @discardableResult
    package func moveToQuarantine(
        _ hash: ContentHash, at time: Timestamp, ifStill replica: OpenReplica? = nil
    ) throws -> Bool {
        try moveToQuarantine(hash, at: time, ifStill: replica?.status)
    }

    /// Moves a bad replica into quarantine, durably; `false` when another file, or none, has its
    /// name by now.
    @discardableResult
    package func moveToQuarantine(_ bad: BadReplica, at time: Timestamp) throws -> Bool {
        try moveToQuarantine(bad.hash, at: time, ifStill: bad.status)
    }

    private func moveToQuarantine(
        _ hash: ContentHash, at time: Timestamp, ifStill status: FileStatus?
    ) throws -> Bool {
        try locks.withLock(on: hash) {
            guard let found = try content.find(hash) else { return false }
            if let status, !found.status.isSameFile(as: status) { return false }
            return try quarantine(hash, found, at: time)
        }
    }

    /// Only under the lock of `hash`.
    @discardableResult
    func quarantine(_ hash: ContentHash, at time: Timestamp) throws -> Bool {
        guard let found = try content.find(hash) else { return false }
        return try quarantine(hash, found, at: time)
    }

    /// The same for a file that was to be `hash`, wherever it is.
    @discardableResult
    func quarantine(
        _ hash: ContentHash, _ found: ContentFolder.Found, at time: Timestamp
    ) throws(SFSError) -> Bool {
        try move(found, to: quarantine, as: "\(hash).\(time.compact)")
    }

    /// What is in quarantine, at most `limit` entries of it.
    ///
    /// Files with names that we do not give are not counted.
    package func quarantined(limit: Int = 1000) throws -> QuarantineList {
        var list = QuarantineList()
        try quarantine.forEachName { name in
            let fields = name.string.split(separator: ".", omittingEmptySubsequences: false)
            // Not ours: left out, as in the folder of contents.
            guard (2...3).contains(fields.count), let hash = try? ContentHash(parsing: fields[0]),
                let found = Timestamp(compact: fields[1]),
                let size = try quarantine.status(of: name)?.size
            else { return true }
            list.count += 1
            list.bytes += size
            if list.entries.count < limit {
                list.entries.append(QuarantineList.Entry(hash: hash, found: found, size: size))
            }
            return true
        }
        list.entries.sort { $0.found > $1.found }
        return list
    }
}

extension Timestamp {
    /// As in names of files: `20261122T093000123Z`.
    fileprivate var compact: String { description.filter { $0 != "-" && $0 != ":" && $0 != "." } }

    /// Reads what `compact` gives.
    fileprivate init?(compact text: Substring) {
        guard text.utf8.count == 19, text.allSatisfy(\.isASCII) else { return nil }
        var full = ""
        for (index, character) in text.enumerated() {
            if index == 4 || index == 6 { full += "-" }
            if index == 11 || index == 13 { full += ":" }
            if index == 15 { full += "." }
            full.append(character)
        }
        self.init(parsing: full)
    }
}
