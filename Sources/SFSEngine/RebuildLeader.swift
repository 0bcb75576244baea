import Logging
import SFSCatalog
import SFSCore

/// Goes on with a rebuild of the catalog for as long as there is one.
///
/// Every process with a prism runs it; one of them has the lease. Losing it at any moment is
/// harmless: every step is the same when it is taken twice.
package final class RebuildLeader: Sendable {
    private let engine: Engine
    private let holder: String

    /// `holder` is a text that no other process has.
    package init(engine: Engine, holder: String) {
        self.engine = engine
        self.holder = holder
    }

    private static let lease = "rebuild"

    /// Looks every `CareSettings.rebuildInterval`, until the task is cancelled.
    package func run() async {
        var waitingSince: ContinuousClock.Instant?
        while !Task.isCancelled {
            do {
                try await step(&waitingSince)
            } catch {
                // The catalog is away, or not there yet.
                engine.logger.debug("cannot lead a rebuild", metadata: ["error": "\(error)"])
            }
            do {
                try await Task.sleep(for: engine.care.rebuildInterval)
            } catch {
                return
            }
        }
    }

    /// One look; `waitingSince` is when it first saw that stores have yet to join.
    private func step(_ waitingSince: inout ContinuousClock.Instant?) async throws {
        guard try await engine.catalog.isRebuilding() else {
            waitingSince = nil
            return
        }
        let fence = try await engine.catalog.takeLease(
            Self.lease, holder: holder, for: engine.care.rebuildInterval * 5)
        guard fence != nil else { return }
        let missing = try await engine.missingStores()
        let since = waitingSince ?? .now
        waitingSince = since
        // A store that comes later is asked when it has come.
        guard missing.isEmpty || .now - since > engine.care.joinTimeout else { return }
        try await engine.stepRebuild()
    }
}
