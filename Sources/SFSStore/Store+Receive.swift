import Logging
package import SFSCore
import SFSFiles
import SFSVolume
package import SFSWire

extension Store {
    package func receive(
        _ upload: UploadID, algorithm: HashAlgorithm, length: Int64?, body: ByteStream
    ) async throws -> ReceivedBytes {
        let service = try serviceForWriting()
        let reserve = settings.minFree
        let spool = try await onDisk {
            try service.volume.beginSpool(
                upload, algorithm: algorithm, length: length, reserve: reserve)
        }
        do {
            try uploads.begin(upload, spool)
        } catch {
            drop(spool)
            throw error
        }
        do {
            for try await chunk in body {
                try await onDisk { try spool.append(chunk) }
            }
            let received = try await onDisk { try spool.finish() }
            if let length, received.size != length {
                throw SFSError(
                    .protocol, "the body has \(received.size) bytes, \(length) were announced")
            }
            uploads.setReceived(upload)
            return ReceivedBytes(hash: received.hash, size: received.size)
        } catch {
            uploads.remove(upload)
            drop(spool)
            throw error
        }
    }

    package func commit(
        _ upload: UploadID, as hash: ContentHash, _ attributes: ContentAttributes
    ) async throws {
        guard let spool = uploads.takeReceived(upload) else {
            throw SFSError(.notFound, "upload '\(upload)' is not here")
        }
        do {
            try await replicas.withHold(on: hash) { hold in
                try await commitHeld(spool, as: hash, attributes, keeping: hold)
            }
        } catch {
            drop(spool)
            throw error
        }
        logger.debug("replica committed", metadata: ["hash": "\(hash)"])
    }

    /// The same for who holds the lock on `hash`, and drops `spool` when this throws.
    ///
    /// A caller that is cancelled stops waiting; `hold` is kept until the disk has done with it.
    func commitHeld(
        _ spool: SpoolFile, as hash: ContentHash, _ attributes: ContentAttributes,
        keeping hold: KeyedLock<ContentHash>.Hold
    ) async throws {
        let service = try serviceForWriting()
        let (moment, time) = (ContinuousClock.now, Timestamp.now())
        let status = try await onDisk {
            defer { withExtendedLifetime(hold) {} }
            try service.volume.checkPresence()
            try spool.commit(as: hash, attributes: attributes)
            return try service.volume.status(of: hash)
        }
        if let status { proofs.note(hash, status, since: moment, time) }
    }

    package func discard(_ upload: UploadID) async {
        guard let spool = uploads.takeReceived(upload) else { return }
        drop(spool)
    }

    func drop(_ spool: SpoolFile) {
        disk.post { [logger] in
            do {
                try spool.discard()
            } catch {
                // The hourly sweep will find it.
                logger.warning("cannot remove a spool file", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Removes received bytes that nobody committed in time.
    func discardAbandoned() {
        for spool in uploads.takeAbandoned(after: settings.spoolTimeout) {
            drop(spool)
        }
    }
}
