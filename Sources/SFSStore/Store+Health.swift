import SFSCore
import SFSFiles
import SFSVolume
package import SFSWire

extension Store {
    /// How the store is now: it looks at its volume before it answers.
    package func health() async throws -> StoreHealth {
        guard let service = try? service() else {
            // Not being open is an answer, not a failure to answer.
            return health(VolumeLook(), problem: problem)
        }
        let found = await look(at: service)
        return health(found, problem: found.error?.message ?? problem)
    }

    private func health(_ look: VolumeLook, problem: String?) -> StoreHealth {
        StoreHealth(
            name: settings.name, freeBytes: look.freeBytes, totalBytes: look.totalBytes,
            problem: problem, device: look.device)
    }

    /// What a look at a volume found.
    struct VolumeLook: Sendable {
        /// Bytes that may still be written, the reserve taken off.
        var freeBytes: Int64 = 0
        var totalBytes: Int64 = 0
        /// The number of the device that it is on.
        var device: String?
        /// `.unavailable` = it is not there; anything else = it cannot be told.
        var error: SFSError?
    }

    /// Looks whether the volume is there, and how full it is; within two seconds.
    func look(at service: Service) async -> VolumeLook {
        do {
            let (space, device) = try await withTimeLimit(.seconds(2), "the volume") { [self] in
                try await onDisk {
                    try service.volume.checkPresence()
                    return (try service.volume.space(), try service.volume.device())
                }
            }
            return VolumeLook(
                freeBytes: max(0, space.freeBytes - settings.minFree.bytes),
                totalBytes: space.totalBytes, device: "\(device)")
        } catch {
            return VolumeLook(error: SFSError(wrapping: error))
        }
    }
}
