import Logging
import SFSCatalog
import SFSCore
import SFSFiles
import SFSVolume
import SFSWire

extension Store {
    /// Opens the volume, sweeps its spool, and joins the cluster (promises.md "Store start").
    ///
    /// Does nothing when the store is in service.
    ///
    /// - Throws: `SFSError` with what was found and what was expected when the volume is refused;
    ///   the store keeps the reason as its `problem`.
    package func open() async throws {
        try await opening.withLock(on: settings.name) { [self] in
            // Closed is the ordinary state here.
            guard (try? service()) == nil else { return }
            try await openOnce()
        }
    }

    private func openOnce() async throws {
        do {
            let known = try await catalog.store(named: settings.name)
            let volume = try await openVolume(known)
            let space = try await disk.run { try volume.space() }
            let record = try await catalog.join(
                StoreRegistration(
                    name: settings.name, zone: settings.zone, host: settings.host,
                    volume: volume.label.volume, url: url, reach: reach,
                    freeBytes: max(0, space.freeBytes - settings.minFree.bytes),
                    totalBytes: space.totalBytes))
            // The label first: a crash between the two leaves it one ahead, which is accepted.
            let epoch = try await disk.run { try volume.advanceEpoch() }
            try await catalog.setEpoch(epoch, of: record.facts.number)
            setOpen(Service(volume: volume, number: record.facts.number))
            logger.info("store is open", metadata: ["volume": "\(settings.folder)"])
        } catch {
            let error = SFSError(wrapping: error)
            setClosed(error)
            throw error
        }
    }

    /// Keeps the store in service until the task is cancelled: reports to the catalog, sweeps the
    /// spool, and opens the volume again whenever it is back.
    package func run() async throws {
        var hoursSwept = ContinuousClock.now
        while !Task.isCancelled {
            if let service = try? service() {
                // Closed is an ordinary state here, handled below.
                await beat(service)
                if .now - hoursSwept > .seconds(3600) {
                    hoursSwept = .now
                    await sweep(service)
                }
            } else {
                await reopen()
            }
            do {
                try await Task.sleep(for: settings.heartbeat)
            } catch {
                break
            }
        }
    }

    /// Tells the catalog that the store is going; called after its listeners have stopped.
    package func close() async {
        guard let service = try? service() else { return }
        // A store that never opened has nobody to take leave of.
        do {
            try await withTimeLimit(.seconds(2), "the catalog") { [self] in
                try await catalog.leave(store: service.number)
            }
        } catch {
            logger.warning("cannot take leave of the catalog", metadata: ["error": "\(error)"])
        }
        setClosed(SFSError(.unavailable, "store '\(settings.name)' has stopped"))
        await disk.shutdown()
    }

    private func openVolume(_ known: StoreRecord?) async throws -> Volume {
        let identity = VolumeIdentity(
            clusterID: cluster.id, cluster: cluster.name, store: settings.name)
        let folder = settings.folder
        return try await disk.run {
            let volume = try Volume.open(
                folder, expecting: identity, volume: known?.volume, epoch: known?.epoch)
            _ = try volume.sweepSpool(keeping: [], olderThan: nil)
            return volume
        }
    }

    private func reopen() async {
        let before = problem
        do {
            try await open()
        } catch {
            if problem != before {
                logger.error("store is not in service", metadata: ["error": "\(error)"])
            }
        }
    }

    /// One look at the volume, told to the catalog.
    private func beat(_ service: Service) async {
        discardAbandoned()
        do {
            let health = try await health()
            try await catalog.report(
                service.number, freeBytes: health.freeBytes, totalBytes: health.totalBytes,
                problem: health.problem)
        } catch {
            logger.warning("cannot report to the catalog", metadata: ["error": "\(error)"])
        }
        do {
            try await disk.run { try service.volume.checkPresence() }
        } catch let error as SFSError where error.code == .unavailable {
            logger.error("the volume is gone", metadata: ["error": "\(error)"])
            setClosed(error)
        } catch {
            logger.error("cannot look at the volume", metadata: ["error": "\(error)"])
        }
    }

    private func sweep(_ service: Service) async {
        let live = uploads.names
        do {
            let count = try await onDisk {
                try service.volume.sweepSpool(keeping: live, olderThan: .seconds(3600))
            }
            if count > 0 { logger.info("spool swept", metadata: ["files": "\(count)"]) }
        } catch {
            logger.warning("cannot sweep the spool", metadata: ["error": "\(error)"])
        }
    }
}
