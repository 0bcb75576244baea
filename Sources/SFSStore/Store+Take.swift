import Logging
package import SFSCore
import SFSVolume
package import SFSWire

extension Store {
    package func take(_ content: HashedBytes, _ attributes: ContentAttributes) async throws {
        let hash = content.hash
        try await replicas.withLock(on: hash) {
            let service = try serviceForWriting()
            let (moment, time) = (ContinuousClock.now, Timestamp.now())
            let file = ArrivingFile(
                hash: hash, attributes: attributes, bytes: content.bytes, sum: content.sum)
            let status = try await arrivals.take(file, on: service.volume) { [self] error in
                if let error = error as? SFSError, error.code == .io { suspect(error) }
            }
            proofs.note(hash, status, since: moment, time)
        }
        logger.debug("replica committed", metadata: ["hash": "\(hash)"])
    }
}
