import Logging
import SFSCatalog
import SFSCore
import SFSFiles
import SFSVolume
import SFSWire
import Synchronization

/// Reconciles a volume with the catalog, both ways (promises.md D10).
///
/// Neither side is believed blindly. First every prefix whose digests differ is settled file by
/// file: what is there and good is counted. Only when all of that is known, replicas that are
/// counted and not there are taken off, and only if they are not suspiciously many. Nothing is
/// deleted: bad files go to quarantine, files of deleted contents to the trash.
///
/// A scan and the rows are read at different moments while contents come and go. So a difference
/// that they show is only a reason to look again: whatever is changed is decided anew by
/// `settle(_:)` and `takeOff(_:)`, under the lock that puts and removals of that hash hold too.
/// A difference that they hide, because something changed in between, is there at the next pass.
struct InventoryPass: Sendable {
    /// So many may be missing without anybody being asked.
    static let missingFreely: Int64 = 100
    /// So many damaged contents of the cluster are looked at.
    private static let damagedMaximum = 10_000

    let store: Store
    let service: Store.Service
    let options: PassOptions
    let report: PassReport

    init(
        _ store: Store, _ service: Store.Service, _ options: PassOptions, _ report: PassReport
    ) {
        self.store = store
        self.service = service
        self.options = options
        self.report = report
    }

    /// - Throws: `SFSError` with the reason why the pass failed; with code `.unavailable`,
    ///   `.timeout` or `.busy` it may be begun again.
    func run() async throws {
        try await checkStanding()
        if options.rebuilds || options.tombstonesOnly { try await tellTombstones() }
        if !options.tombstonesOnly { try await reconcile() }
        report.advance(to: PassReport.end)
    }

    private func reconcile() async throws {
        let (differing, recorded) = try await compare()
        var missing: Set<UInt16> = []
        for batch in Self.batches(differing) {
            try await checkStanding()
            missing.formUnion(try await settle(batch))
            try checkMissing(of: recorded)
            report.advance(to: Int(batch.last ?? 0))
        }
        // Counted anew, each as it is taken off: some may have been given up in order meanwhile.
        report.count { $0.missing = 0 }
        for prefix in missing.sorted() {
            try await checkStanding()
            try await takeOff(prefix)
        }
        try await settleDamaged()
        // What was found equal was perhaps found on a volume that was going.
        try await checkStanding()
        store.takenOff.withLock { $0 = 0 }
    }

    /// Looks again at contents whose last replica was bad, or missing, and that count here: a file
    /// that came back looks to the digests as if nothing had been.
    private func settleDamaged() async throws {
        for content in try await store.catalog.damaged(limit: Self.damagedMaximum)
        where content.stores.contains(service.number) { try await settle(content.hash) }
    }

    /// Checks that the store is still who the catalog says, and its volume in its place: before
    /// anything is believed that the volume, or the catalog, does not have.
    ///
    /// - Throws: `SFSError` with code `.unavailable`; `.conflict` when the catalog is being
    ///   rebuilt by somebody else; `.io` when the disk is suspect.
    func checkStanding() async throws {
        try Task.checkCancellation()
        let volume = service.volume
        guard try store.service().volume === volume else {
            throw SFSError(.unavailable, "the volume was opened again meanwhile")
        }
        // A disk that errs may err about what it does not have, too.
        if let problem = store.problem { throw SFSError(.io, problem) }
        try await store.onPassDisk { try volume.checkPresence() }
        // After the catalog was lost, the number may be another store's.
        let known = try await store.catalog.store(named: store.settings.name)
        guard known?.facts.number == service.number, known?.volume == volume.label.volume else {
            throw SFSError(
                .unavailable, "store '\(store.settings.name)' has to join the cluster again")
        }
        // Until all volumes have told what was deleted, an adopted file may be a deleted one.
        let isRebuilding = try await store.catalog.isRebuilding()
        guard !isRebuilding || options.rebuilds || options.tombstonesOnly else {
            throw SFSError(
                .conflict,
                "cannot take the inventory of store '\(store.settings.name)': the catalog was lost "
                    + "and is being rebuilt; run 'sfs catalog rebuild' first")
        }
    }

    // MARK: Digests

    /// The prefixes that have to be settled, ascending, and how many replicas are recorded.
    ///
    /// By the first byte, and by 16 bits only where those differ: the catalog comes to 256 digests
    /// in a third of the time that it takes for all prefixes.
    private func compare() async throws -> (differing: [UInt16], recorded: Int64) {
        // Both at once: a difference is only a reason to look again, so neither has to be first.
        async let scanned = volumeDigests()
        async let recorded = store.catalog.digests(of: service.number)
        let (found, known) = try await (scanned, recorded)
        var differing: [UInt16] = []
        for byte in UInt8.min...UInt8.max {
            let mine = found[Int(byte)]
            var sum = PrefixDigest()
            for digest in mine { sum.add(digest) }
            if sum != known[Int(byte)] || options.force && sum.count > 0 {
                differing += try await compare(mine, of: byte)
            } else {
                report.count { $0.valid += sum.count }
            }
        }
        return (differing, known.reduce(0) { $0 + $1.count })
    }

    /// Those of the prefixes with the first byte `byte` that have to be settled, ascending.
    private func compare(_ found: [PrefixDigest], of byte: UInt8) async throws -> [UInt16] {
        let known = try await store.catalog.digests(of: service.number, firstByte: byte)
        var differing: [UInt16] = []
        for (second, mine) in found.enumerated() {
            let prefix = UInt16(byte) << 8 | UInt16(second)
            if mine != known[prefix] ?? PrefixDigest() || options.force && mine.count > 0 {
                differing.append(prefix)
            } else {
                report.count { $0.valid += mine.count }
            }
        }
        return differing
    }

    /// Prefixes with the same first byte together: their files lie in the same folders.
    private static func batches(_ prefixes: [UInt16]) -> [[UInt16]] {
        Dictionary(grouping: prefixes) { $0 >> 8 }.sorted { $0.key < $1.key }.map(\.value)
    }

    // MARK: The brake

    /// - Throws: `SFSError` with code `.conflict` when more than half of what is recorded seems to
    ///   be missing: rather the disk is wrong than so many files are gone.
    private func checkMissing(of recorded: Int64) throws {
        let missing = report.counters.missing
        guard missing > Self.missingFreely, missing > recorded / 2, !options.acceptsMissing else {
            return
        }
        throw SFSError(
            .conflict,
            "at least \(missing) of \(recorded) replicas that are recorded on store "
                + "'\(store.settings.name)' are missing; nothing was taken off; check the disk, "
                + "then run 'sfs inventory' with '--accept-missing'")
    }
}
