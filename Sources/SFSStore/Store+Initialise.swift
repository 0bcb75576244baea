import Logging
import SFSCatalog
import SFSCore
import SFSFiles
import SFSVolume

extension Store {
    /// Makes a volume of this store's folder, which must be empty, and opens it.
    ///
    /// Returns the new volume's identity.
    ///
    /// - Throws: `SFSError` with code `.conflict` when the folder is not empty or the store is in
    ///   service, with what was found.
    package func initialise() async throws -> String {
        let identity = VolumeIdentity(
            clusterID: cluster.id, cluster: cluster.name, store: settings.name)
        let folder = settings.folder
        let label = try await disk.run { try Volume.initialise(folder, as: identity) }
        logger.notice("volume initialised", metadata: ["volume": "\(folder)"])
        try await open()
        return label.volume
    }
}
