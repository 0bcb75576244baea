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
                    totalBytes: space.totalBytes, version: Version.text))
            // The label first: a crash between the two leaves it one ahead, which is accepted.
            let epoch = try await disk.run { try volume.advanceEpoch() }
            try await catalog.setEpoch(epoch, of: record.facts.number)
            // It may not be the volume that was here before.
            proofs.forgetAll()
            schedule.noteOpening(after: known)
            setOpen(Service(volume: volume, number: record.facts.number))
            logger.info("store is open", metadata: ["volume": "\(settings.folder)"])
        } catch {
            let error = SFSError(wrapping: error)
            setClosed(error)
            throw error
        }
    }

    /// Keeps the store in service until the caller is cancelled: reports to the catalog, sweeps the
    /// spool, opens the volume again whenever it is back, and does the cluster's tasks and passes.
    package func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [self] in await beat() }
            group.addTask { [self] in await Work(store: self).run() }
            group.addTask { [self] in await runPasses() }
            group.addTask { [self] in await judgeDoubts() }
        }
    }

    private func beat() async {
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
                try await catalog.leave(store: service.number, of: service.volume.label.volume)
            }
        } catch {
            logger.warning("cannot take leave of the catalog", metadata: ["error": "\(error)"])
        }
        setClosed(SFSError(.unavailable, "store '\(settings.name)' has stopped"))
        await passDisk.shutdown()
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
            await reportClosed()
        }
    }

    /// Tells the catalog that the node is up and its volume is not, so that its replicas count as
    /// lost at once and not after the grace for nodes that are away.
    private func reportClosed() async {
        guard let problem else { return }
        do {
            try await catalog.report(
                storeNamed: settings.name, on: settings.host, problem: problem)
        } catch {
            logger.warning("cannot report to the catalog", metadata: ["error": "\(error)"])
        }
    }

    /// One look at the volume, told to the catalog.
    private func beat(_ service: Service) async {
        discardAbandoned()
        await tryDiskAgain(service)
        let found = await look(at: service)
        if let error = found.error, error.code == .unavailable {
            logger.error("the volume is gone", metadata: ["error": "\(error)"])
            setClosed(error)
            return await reportClosed()
        }
        do {
            try await catalog.report(
                service.number, of: service.volume.label.volume, freeBytes: found.freeBytes,
                totalBytes: found.totalBytes, problem: found.error?.message ?? problem,
                version: Version.text)
        } catch let error as SFSError where error.code == .notFound {
            // The catalog was made anew, or the store was retired: joining tells which, at the next
            // beat, when nobody holds on to the volume any more.
            logger.error("the catalog does not know the store", metadata: ["error": "\(error)"])
            setClosed(error)
        } catch {
            logger.warning("cannot report to the catalog", metadata: ["error": "\(error)"])
        }
    }

    private func sweep(_ service: Service) async {
        let live = uploads.names
        do {
            let count = try await onDisk {
                try service.volume.sweepSpool(keeping: live, olderThan: .seconds(3600)).files
            }
            if count > 0 { logger.info("spool swept", metadata: ["files": "\(count)"]) }
        } catch {
            logger.warning("cannot sweep the spool", metadata: ["error": "\(error)"])
        }
    }
}
