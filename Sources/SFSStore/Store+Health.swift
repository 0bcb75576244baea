import SFSCore
import SFSFiles
import SFSVolume
package import SFSWire

extension Store {
    /// How the store is now: it looks at its volume before it answers.
    package func health() async throws -> StoreHealth {
        guard let service = try? service() else {
            // Not being open is an answer, not a failure to answer.
            return health(freeBytes: 0, totalBytes: 0, problem: problem)
        }
        do {
            let space = try await withTimeLimit(.seconds(2), "the volume") { [self] in
                try await onDisk {
                    try service.volume.checkPresence()
                    return try service.volume.space()
                }
            }
            return health(
                freeBytes: max(0, space.freeBytes - settings.minFree.bytes),
                totalBytes: space.totalBytes, problem: problem)
        } catch let error as SFSError {
            return health(freeBytes: 0, totalBytes: 0, problem: error.message)
        }
    }

    private func health(freeBytes: Int64, totalBytes: Int64, problem: String?) -> StoreHealth {
        StoreHealth(
            name: settings.name, freeBytes: freeBytes, totalBytes: totalBytes, problem: problem)
    }
}
