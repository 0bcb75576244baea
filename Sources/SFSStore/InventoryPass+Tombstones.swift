import SFSCatalog
import SFSCore
import SFSVolume

/// Telling a catalog that was lost what the volume remembers of deletions.
extension InventoryPass {
    /// How many parts the memory is read in, so that only one of them is held: by the first half of
    /// the first byte.
    private static let parts: UInt8 = 16
    /// Tombstones sent at once.
    private static let batchSize = 1000

    /// Sends the catalog every tombstone in the volume's memory.
    ///
    /// The trash tells nothing: it also holds replicas that were given up while their contents live
    /// on. Every file of a deleted content was remembered before it went there.
    func tellTombstones() async throws {
        let (volume, report) = (service.volume, report)
        for part in 0..<Self.parts {
            let stones = try await store.onPassDisk {
                var stones: [(ContentHash, Int32)] = []
                try volume.forEachTombstone { hash, generation in
                    try report.checkStop()
                    if hash.bytes[0] / Self.parts == part { stones.append((hash, generation)) }
                }
                return stones
            }
            for start in stride(from: 0, to: stones.count, by: Self.batchSize) {
                let batch = stones[start..<min(start + Self.batchSize, stones.count)]
                try await store.catalog.addTombstones(Array(batch))
            }
        }
    }
}
