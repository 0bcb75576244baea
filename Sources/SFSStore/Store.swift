package import Logging
package import SFSCatalog
package import SFSCore
import SFSFiles
import SFSVolume
package import SFSWire
import Synchronization

/// The node that owns one volume.
///
/// It lives in `run()` (see `Store+Life.swift`): opens its volume, tells the catalog of itself, and
/// does so again whenever the volume went away and came back. Each of its other verbs has a file
/// of its own: `Store+Receive.swift`, `Store+Read.swift`, `Store+Verify.swift` and so on.
package final class Store: StoreTransport, Sendable {
    /// How a store finds another by its name; `nil` when nobody is called so.
    package typealias Peers = @Sendable (MemberName) async throws -> (any StoreTransport)?

    /// What it was told.
    package let settings: StoreSettings
    /// Where other members reach it over HTTP; `nil` when it listens nowhere.
    package let url: String?
    /// Where clients reach it.
    package let reach: StoreReach

    let cluster: ClusterIdentity
    let catalog: Catalog
    /// What was revoked; `nil` = every purchase is looked up.
    let feed: ChangeFeed?
    /// Where deliveries are counted; `nil` = nowhere.
    let ledger: TrafficLedger?
    /// What grants are checked with; `nil` = none is good.
    let grants: GrantKeys?
    let peers: Peers
    /// What all stores of this process may move together; `nil` = no limit.
    let throttle: Throttle?
    let logger: Logger
    let disk: DiskQueue
    /// Small contents on their way to the disk.
    let arrivals: Arrivals
    /// Threads of passes; see `onPassDisk(_:)`.
    let passDisk: DiskQueue
    /// When passes are due.
    let schedule: PassSchedule
    let uploads = Uploads()
    /// What becomes of a replica's name, one change at a time: a put that finds a file there, and
    /// a removal that takes it away, never cross.
    let replicas = KeyedLock<ContentHash>()
    /// One opening at a time: `run()` and `sfs store init` may come together.
    let opening = KeyedLock<MemberName>()
    /// Replicas that are read as a whole; see `verify(_:)`.
    let verifying = KeyedLock<Int>()
    /// What was read as a whole lately and matched.
    let proofs = Proofs()
    /// Replicas that are kept open for viewers.
    let served: RecentCache<ContentHash, ServedReplica>
    /// Replicas to be verified, since some of their bytes turned out bad.
    let doubts = Doubts()
    /// Contents whose replicas here turned out bad or missing, and count no more: viewers who were
    /// sent here for them go on coming.
    let lost = RecentCache<ContentHash, Bool>(countMaximum: 10_000)
    /// How many replicas were taken off the record since an inventory has seen all of them.
    let takenOff = Mutex<Int64>(0)
    /// Lets strangers ask the catalog for what is not here.
    let questions = Allowance(perSecond: 100)
    /// Purchases that were looked up just now.
    let purchases = RecentCache<PurchaseToken, Known<Purchase>>(countMaximum: 10_000)
    private let state: Mutex<State>

    /// What a store that works has in hand.
    struct Service: Sendable {
        let volume: Volume
        let number: StoreNumber
        let life = ServiceLife()
    }

    private enum State {
        /// The volume is not in use, and why.
        case closed(SFSError)
        /// In service; unless its disk is trusted it takes nothing in.
        case open(Service, DiskTrust)
    }

    /// Takes what it is told; touches no disk yet.
    ///
    /// - Throws: `SFSError` with code `.unavailable` when the system gives no threads.
    package init(
        settings: StoreSettings, url: String?, reach: StoreReach = StoreReach(),
        cluster: ClusterIdentity, catalog: Catalog, feed: ChangeFeed? = nil,
        ledger: TrafficLedger? = nil, grants: GrantKeys? = nil,
        peers: @escaping Peers = { _ in nil }, throttle: Throttle? = nil, logger: Logger
    ) throws(SFSError) {
        self.settings = settings
        self.url = url
        self.reach = reach
        self.cluster = cluster
        self.catalog = catalog
        self.feed = feed
        self.ledger = ledger
        self.grants = grants
        self.peers = peers
        self.throttle = throttle
        var logger = logger
        logger[metadataKey: "store"] = "\(settings.name)"
        self.logger = logger
        disk = try DiskQueue(name: settings.name.text, threads: settings.diskThreads)
        arrivals = Arrivals(
            disk, countMaximum: settings.groupFiles, reserve: settings.minFree)
        // One more than a pass takes, for the pass of the other kind.
        passDisk = try DiskQueue(
            name: "\(settings.name)-pass", threads: settings.passThreads + 1)
        schedule = PassSchedule(settings)
        served = RecentCache(countMaximum: settings.openReplicasMaximum)
        state = Mutex(.closed(SFSError(.unavailable, "store '\(settings.name)' is not open yet")))
    }

    /// Why the store is not in service, or should not be used; `nil` when it is well.
    package var problem: String? {
        state.withLock { state in
            switch state {
            case .closed(let error): error.message
            case .open(_, let trust): trust.suspicion
            }
        }
    }

    /// The open volume.
    ///
    /// - Throws: `SFSError` with code `.unavailable` and the reason when there is none.
    func service() throws(SFSError) -> Service {
        let found = state.withLock { state -> Result<Service, SFSError> in
            switch state {
            case .closed(let error): .failure(SFSError(.unavailable, error.message, cause: error))
            case .open(let service, _): .success(service)
            }
        }
        return try found.get()
    }

    /// The open volume, for writing.
    ///
    /// - Throws: `SFSError` with code `.unavailable` when there is none or its disk is suspect.
    func serviceForWriting() throws(SFSError) -> Service {
        let service = try service()
        if let problem { throw SFSError(.unavailable, problem) }
        return service
    }

    func setOpen(_ service: Service) {
        let trust = DiskTrust(firstWait: settings.diskTrial)
        state.withLock { state in
            if case .open(let before, _) = state { before.life.end() }
            state = .open(service, trust)
        }
    }

    func setClosed(_ error: SFSError) {
        state.withLock { state in
            if case .open(let service, _) = state { service.life.end() }
            state = .closed(error)
        }
        served.removeAll()
    }

    /// Runs `body` on one of the disk's threads; an error of the disk makes the store suspect.
    func onDisk<Result: Sendable>(
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        do {
            return try await disk.run(body)
        } catch let error as SFSError where error.code == .io {
            suspect(error)
            throw error
        }
    }

    /// The same for a change that others must not see half-made: it is there, or failed, when this
    /// returns, even if the caller was cancelled meanwhile.
    ///
    /// A caller that gives up a lock while its change is still under way has no lock.
    func onDiskToTheEnd<Result: Sendable>(
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        do {
            return try await disk.finish(body)
        } catch let error as SFSError where error.code == .io {
            suspect(error)
            throw error
        }
    }

    /// Keeps the store from taking more in: a disk that failed once is not trusted with the next
    /// file (promises.md D7) before a trial of it went well, see `tryDiskAgain(_:)`.
    func suspect(_ error: SFSError) {
        let isNew = state.withLock { state in
            guard case .open(let service, var trust) = state else { return false }
            let isNew = trust.fail("its disk failed: \(error.message)", at: .now)
            state = .open(service, trust)
            return isNew
        }
        if isNew { logger.error("the disk failed", metadata: ["error": "\(error)"]) }
    }

    /// How far the disk of `service` is trusted; `nil` when that is not in use any more.
    func trust(of service: Service) -> DiskTrust? {
        state.withLock { state in
            guard case .open(let mine, let trust) = state, mine.volume === service.volume else {
                return nil
            }
            return trust
        }
    }

    /// Changes it with `body`, whose answer it gives; `false` when that is not in use any more.
    func changeTrust(of service: Service, _ body: (inout DiskTrust) -> Bool) -> Bool {
        state.withLock { state in
            guard case .open(let mine, var trust) = state, mine.volume === service.volume else {
                return false
            }
            let answer = body(&trust)
            state = .open(mine, trust)
            return answer
        }
    }
}
