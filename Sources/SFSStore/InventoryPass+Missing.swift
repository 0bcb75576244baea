import Logging
import SFSCatalog
import SFSCore
import SFSVolume
import SFSWire

/// Taking replicas off the record that the volume does not have.
extension InventoryPass {
    /// Takes off what is counted under `prefix` and is not there.
    func takeOff(_ prefix: UInt16) async throws {
        for row in try await store.catalog.replicas(of: service.number, prefix: prefix)
        where try await isGone(row.hash) {
            // A put makes the file, under this lock, before it has the row written; a removal
            // changes the row and then the file, both under it. So a row without a file, seen
            // under the lock, is neither of these half done.
            try await store.replicas.withLock(on: row.hash) {
                if try await isGone(row.hash) { try await takeOff(row) }
            }
        }
    }

    /// Whether the volume has no file of `hash`.
    private func isGone(_ hash: ContentHash) async throws -> Bool {
        let volume = service.volume
        return try await store.onPassDisk { try volume.lacks(hash) }
    }

    private func takeOff(_ row: CountedReplica) async throws {
        let hash = row.hash
        if row.isExtra, try await store.catalog.beginExtraRemoval(of: hash, from: service.number) {
            return report.count { $0.missing += 1 }
        }
        let removal = try await store.takeOffMissing(
            hash, reason: "an inventory found no file of it", service)
        // Another was given up in order.
        if removal != .unknown { report.count { $0.missing += 1 } }
    }
}
