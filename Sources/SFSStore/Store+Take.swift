import Logging
package import SFSCore
import SFSVolume
package import SFSWire

extension Store {
    package func take(_ content: HashedBytes, _ attributes: ContentAttributes) async throws {
        let hash = content.hash
        // A sender that gives up leaves its file on the way to the disk: nobody else changes what is
        // here of that name before it has arrived, or failed.
        try await replicas.withHold(on: hash) { hold in
            let service = try serviceForWriting()
            let (moment, time) = (ContinuousClock.now, Timestamp.now())
            let file = ArrivingFile(
                hash: hash, attributes: attributes, bytes: content.bytes, sum: content.sum)
            let status = try await arrivals.take(
                file, on: service.volume, keeping: hold
            ) { [self] error in
                if let error = error as? SFSError, error.code == .io { suspect(error) }
            }
            proofs.note(hash, status, since: moment, time)
        }
        logger.debug("replica committed", metadata: ["hash": "\(hash)"])
    }
}
