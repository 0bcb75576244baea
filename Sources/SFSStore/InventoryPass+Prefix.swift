import Logging
import SFSCatalog
import SFSCore
import SFSFiles
import SFSVolume
import SFSWire

/// Settling the files of prefixes whose digests differ.
extension InventoryPass {
    /// Files that are settled at once: most of the time each waits for the catalog, or for a sync
    /// that it can share.
    private static let width = 16

    /// What a first look at some prefixes found.
    private struct Findings: Sendable {
        /// As they should be, as far as can be told without reading them.
        var valid: Int64 = 0
        /// Counted, and not there.
        var missing: [ContentHash] = []
        /// To be settled.
        var odd: [ContentHash] = []
    }

    /// Settles what the volume has under `prefixes`, which have their first byte in common; those
    /// of them under which counted replicas are missing.
    func settle(_ prefixes: [UInt16]) async throws -> Set<UInt16> {
        // The files first. A replica that comes in between is then a row without a file, which is
        // looked for again; one that goes, a file without a row, which is opened again.
        let files = try await files(prefixes)
        let rows = try await rows(prefixes)
        let findings = try await look(files, rows)
        report.count {
            $0.valid += findings.valid
            $0.missing += Int64(findings.missing.count)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            var rest = findings.odd[...]
            func next() {
                guard let hash = rest.popFirst() else { return }
                group.addTask { try await settle(hash) }
            }
            for _ in 0..<Self.width { next() }
            while try await group.next() != nil { next() }
        }
        return Set(findings.missing.map(\.prefix))
    }

    /// The files under `prefixes` with their sizes.
    private func files(_ prefixes: [UInt16]) async throws -> [ContentHash: Int64] {
        guard let first = prefixes.first else { return [:] }
        let (volume, report) = (service.volume, report)
        return try await store.onPassDisk {
            let wanted = Set(prefixes)
            var files: [ContentHash: Int64] = [:]
            try volume.scan(.firstByte(UInt8(first >> 8))) { entry in
                if case .content(let hash, let size) = entry, wanted.contains(hash.prefix) {
                    files[hash] = size
                }
                return !report.isStopped
            }
            try report.checkStop()
            return files
        }
    }

    private func rows(_ prefixes: [UInt16]) async throws -> [ContentHash: CountedReplica] {
        var rows: [ContentHash: CountedReplica] = [:]
        for prefix in prefixes {
            for row in try await store.catalog.replicas(of: service.number, prefix: prefix) {
                rows[row.hash] = row
            }
        }
        return rows
    }

    private func look(
        _ files: [ContentHash: Int64], _ rows: [ContentHash: CountedReplica]
    ) async throws -> Findings {
        let (volume, report) = (service.volume, report)
        return try await store.onPassDisk {
            var findings = Findings()
            findings.odd = files.keys.filter { rows[$0] == nil }
            for (hash, row) in rows {
                try report.checkStop()
                if files[hash] == row.size {
                    let isValid = try volume.generation(of: hash) == row.generation
                    if isValid { findings.valid += 1 } else { findings.odd.append(hash) }
                } else if try volume.holds(hash) {
                    findings.odd.append(hash)
                } else {
                    findings.missing.append(hash)
                }
            }
            return findings
        }
    }
}

extension Volume {
    /// The generation of the file of `hash` as it says; `nil` when it does not, or is not there.
    fileprivate func generation(of hash: ContentHash) throws -> Int32? {
        do {
            return try openReplica(hash)?.attributes?.generation
        } catch let error as SFSError where error.code == .corrupt {
            return nil
        }
    }
}
