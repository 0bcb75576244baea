package import Logging
package import SFSCore
import Synchronization

/// Adds up in memory what goes out, and writes it to the catalog in batches.
///
/// Counts are statistics: those of the last moments are lost with the process, and a batch whose
/// answer got lost may be counted twice.
package final class TrafficLedger: Sendable {
    private let catalog: Catalog
    private let slotLife: Duration
    private let logger: Logger
    private let state = Mutex(TrafficTally())
    /// One batch at a time, so that what could not be written is put back before the next.
    private let writing = KeyedLock<Int>()

    /// How many rows one batch has.
    private static let batchSize = 2000
    /// How long the last flush may take.
    private static let closeTimeout: Duration = .seconds(2)

    /// An empty ledger; a viewer's slot lives for `slotLife` from its first hit (`protocol.md` 1.11).
    package init(catalog: Catalog, slotLife: Duration = .seconds(14_400), logger: Logger) {
        self.catalog = catalog
        self.slotLife = slotLife
        self.logger = logger
    }

    /// Counts `hits` of `bytes` in all, for a purchase and a viewer where there is one.
    ///
    /// `viewer` is a digest of 1 to 64 bytes.
    package func count(
        hash: ContentHash, store: StoreNumber, purchase: PurchaseToken?, viewer: [UInt8]?,
        hits: Int64 = 1, bytes: Int64
    ) {
        let count = TrafficCount(hits: hits, bytes: max(bytes, 0))
        state.withLock { state in
            state.add(ContentTraffic(hash: hash, store: store, count: count))
            if let purchase { state.add(PurchaseTraffic(token: purchase, count: count)) }
            if let viewer {
                state.add(SlotTraffic(viewer: viewer, hash: hash, store: store, count: count))
            }
        }
    }

    /// Writes what was counted before the call.
    ///
    /// - Throws: `SFSError`; what could not be written stays for the next time.
    package func flush() async throws {
        try await writing.withLock(on: 0) {
            // What is counted meanwhile is for the next time: this ends.
            let (batches, dropped) = state.withLock { state in
                (state.take().batches(of: Self.batchSize), state.takeDropped())
            }
            if dropped > 0 {
                logger.warning(
                    "too many things to count; some were not", metadata: ["count": "\(dropped)"])
            }
            for (index, batch) in batches.enumerated() {
                do {
                    try await catalog.add(batch, slotLife: slotLife)
                } catch {
                    state.withLock { state in
                        for batch in batches[index...] { state.add(batch) }
                    }
                    throw error
                }
            }
        }
    }

    /// Flushes every `interval` until the task is cancelled; then `close()` is due.
    package func run(every interval: Duration) async {
        var isWritable = true
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: interval)
                try await flush()
                isWritable = true
            } catch {
                guard !Task.isCancelled else { return }
                if isWritable {
                    logger.warning(
                        "cannot write what was counted", metadata: ["error": "\(error)"])
                }
                isWritable = false
            }
        }
    }

    /// Flushes for the last time, after `run(every:)` has ended, in a task that is not cancelled.
    ///
    /// It takes two seconds at most; what is not written then is lost, and the log says so.
    package func close() async {
        do {
            try await withTimeLimit(Self.closeTimeout, "the catalog") { [self] in
                try await flush()
            }
        } catch {
            logger.warning("lost what was counted last", metadata: ["error": "\(error)"])
        }
    }
}
