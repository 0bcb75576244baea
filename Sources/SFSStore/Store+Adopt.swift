import Logging
import SFSCatalog
import SFSCore
import SFSFiles
import SFSVolume
package import SFSWire

extension Store {
    /// Takes over the volume that is in this store's folder already, opens it, and asks for an
    /// inventory, which reads and adopts what is on it.
    ///
    /// It may be a tree of the original, or a volume of this very store that comes from another
    /// disk or host, with `takesOver`.
    ///
    /// - Throws: `SFSError` with code `.conflict` when the store is in service, `.configuration`
    ///   with what was found when it is no such volume.
    package func adopt(takesOver: Bool, actor: String) async throws -> AdoptReply {
        // Not being in service is what is hoped for.
        guard (try? service()) == nil else {
            throw SFSError(.conflict, "store '\(settings.name)' is in service")
        }
        let identity = VolumeIdentity(
            clusterID: cluster.id, cluster: cluster.name, store: settings.name)
        let folder = settings.folder
        let label = try await disk.run {
            try Volume.adopt(folder, as: identity, takesOver: takesOver)
        }
        logger.notice("volume adopted", metadata: ["volume": "\(folder)", "actor": "\(actor)"])
        try await open()
        _ = try await order(.inventory, of: try service().number)
        return AdoptReply(
            store: settings.name, folder: folder, volume: label.volume,
            layout: label.layout.rawValue)
    }
}
