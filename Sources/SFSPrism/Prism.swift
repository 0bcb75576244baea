package import Logging
package import SFSCatalog
import SFSCore
import SFSWire
import Synchronization

/// The node that clients talk to.
///
/// Each use case has a file: `Ingest.swift` takes a content in, `Purchases.swift` sells it,
/// `Play.swift` hands it to a viewer, `Delivery.swift` gives it out, `TopUp.swift` makes missing
/// replicas, `Retrieve.swift` fetches contents from elsewhere, `Lookup.swift` answers questions,
/// `Sessions.swift` and `Accounts.swift` know who may, `Status.swift` tells how the cluster is.
package final class Prism: Sendable {
    /// What it was told.
    package let settings: PrismSettings
    /// Where clients reach it, for other members to tell; `nil` when it listens on no port.
    package let url: String?

    let cluster: ClusterIdentity
    let services: PrismServices
    let logger: Logger
    var catalog: Catalog { services.catalog }
    var fleet: Fleet { services.fleet }
    var puts: KeyedLock<ContentHash> { services.puts }
    /// Commits and top-ups, which go on when the client that asked for them leaves.
    let work = WorkGroup()
    /// Its number in the catalog, once it has joined.
    private let number = Mutex<PrismNumber?>(nil)

    /// Takes what it works with.
    package init(
        settings: PrismSettings, url: String?, cluster: ClusterIdentity, services: PrismServices,
        logger: Logger
    ) {
        self.settings = settings
        self.url = url
        self.cluster = cluster
        self.services = services
        var logger = logger
        logger[metadataKey: "prism"] = "\(settings.name)"
        self.logger = logger
    }

    /// Joins the cluster and learns of its stores.
    package func open() async throws {
        let record = try await catalog.join(
            prism: PrismRegistration(
                name: settings.name, zone: settings.zone, host: settings.host, url: url,
                version: Version.text))
        number.withLock { $0 = record.number }
        try await fleet.refresh()
    }

    /// Keeps the list of stores fresh, tells the catalog that the prism is alive, and finishes
    /// commits, until `stop()` or until the task is cancelled.
    package func run() async throws {
        await withTaskGroup { group in
            group.addTask { [self] in await beat() }
            group.addTask { [work] in await work.run() }
            await group.next()
            group.cancelAll()
        }
    }

    /// Takes nothing more in; `run()` returns when what was begun is finished.
    package func stop() {
        work.stop()
    }

    private func beat() async {
        while true {
            do {
                try await Task.sleep(for: settings.heartbeat)
                try await fleet.refresh()
                try await report()
            } catch is CancellationError {
                return
            } catch {
                if Task.isCancelled { return }
                logger.warning("cannot reach the catalog", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Tells the catalog that the prism is alive; joins anew where the catalog has lost it, or was
    /// lost itself and gave the number to another.
    private func report() async throws {
        guard let number = number.withLock({ $0 }) else { return }
        guard fleet.prism(named: settings.name)?.number == number else {
            logger.notice("joining again: the catalog does not know this prism")
            return try await open()
        }
        try await catalog.report(prism: number)
    }

    /// Takes leave of the catalog.
    package func close() async {
        guard let number = number.withLock({ $0 }) else { return }
        do {
            let catalog = catalog
            try await withTimeLimit(.seconds(2), "the catalog") {
                try await catalog.leave(prism: number)
            }
        } catch {
            logger.warning("cannot take leave of the catalog", metadata: ["error": "\(error)"])
        }
    }

    /// `record` as clients see it.
    func reply(_ record: ContentRecord, isNew: Bool? = nil) -> ContentReply {
        ContentReply(
            hash: record.hash, size: record.size, desiredCopies: record.want,
            map: fleet.names(record.stores), mimeType: record.attributes.mediaType,
            mimeExtension: record.attributes.fileExtension, createdAt: record.attributes.created,
            isNew: isNew)
    }
}
