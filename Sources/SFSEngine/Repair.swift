import Logging
import SFSCatalog
import SFSCore
package import SFSWire
import Synchronization

/// Brings lost replicas back, riskiest contents first, and cares for hot contents.
///
/// Every process runs it; one of them has the lease. Losing it at any moment is harmless: tasks are
/// one per content and store, whoever adds them.
package final class RepairLeader: Sendable {
    private struct Rounds {
        var watch: LossWatch
        var lost: Set<StoreNumber> = []
        var repairedAt: ContinuousClock.Instant?
        var warmedAt: ContinuousClock.Instant?
    }

    private let engine: Engine
    private let holder: String
    private let rounds: Mutex<Rounds>
    private let known: Remembered<RepairState>

    /// `holder` is a text that no other process has.
    package init(engine: Engine, holder: String) {
        self.engine = engine
        self.holder = holder
        rounds = Mutex(Rounds(watch: LossWatch(settings: engine.settings)))
        let gauge = RepairGauge()
        known = Remembered(for: Self.stateLife) {
            let lost = try await engine.storeRoll().stores([.lost, .retired])
            return gauge.read(
                try await engine.catalog.repairNeed(lost: lost.map(\.facts.number)))
        }
    }

    /// Leads while it has the lease, until the task is cancelled.
    package func run() async {
        while !Task.isCancelled {
            do {
                try await step()
            } catch {
                // The catalog is away, or not there yet.
                engine.logger.debug("cannot lead repair", metadata: ["error": "\(error)"])
            }
            do {
                try await Task.sleep(for: min(engine.settings.repairInterval, Self.lease / 3))
            } catch {
                return
            }
        }
    }

    /// Gives the lease back, so that another leads at once; called after `run()`.
    package func close() async {
        do {
            try await withTimeLimit(.seconds(2), "the catalog") { [self] in
                try await engine.catalog.releaseLease(Self.leaseName, holder: holder)
            }
        } catch {
            // It runs out by itself.
            engine.logger.debug("cannot give a lease back", metadata: ["error": "\(error)"])
        }
    }

    /// What is left to repair, here or wherever it is led; `nil` while the catalog is away.
    ///
    /// Up to a few seconds old. The rate is what this process saw between two answers.
    package func state() async -> RepairState? {
        // Whoever asks has other things to say, too.
        try? await known.value()
    }

    /// One turn: takes or renews the lease and, with it, does what is due.
    ///
    /// Returns whether this process leads.
    @discardableResult
    func step(now: ContinuousClock.Instant = .now) async throws -> Bool {
        let fence = try await engine.catalog.takeLease(
            Self.leaseName, holder: holder, for: max(Self.lease, engine.settings.repairInterval))
        guard fence != nil else { return false }
        let roll = try await engine.storeRoll()
        let lost = lookForLoss(roll, now)
        try await engine.catalog.endPlans()
        try await engine.carryOutRest()
        if isDue(\.repairedAt, every: engine.settings.repairInterval, now) {
            let added = try await engine.repair(lost: lost, roll)
            // For the rate: it needs two looks while something is done.
            if added > 0 { _ = try await known.value() }
        }
        if isDue(\.warmedAt, every: engine.settings.hotInterval, now) {
            try await engine.careForHotContents(roll)
        }
        return true
    }

    private func lookForLoss(
        _ roll: StoreRoll, _ now: ContinuousClock.Instant
    ) -> Set<StoreNumber> {
        let (before, lost) = rounds.withLock { rounds in
            let before = rounds.lost
            rounds.lost = rounds.watch.lost(in: roll, now: now)
            return (before, rounds.lost)
        }
        for store in roll.records where lost.contains(store.facts.number) && !store.isRetired {
            guard !before.contains(store.facts.number) else { continue }
            engine.logger.warning(
                "the replicas of a store count as lost",
                metadata: [
                    "store": "\(store.facts.name)",
                    "silent": "\(Int(store.secondsSinceSeen)) s",
                    "problem": "\(store.problem ?? "none that it said")",
                ])
        }
        return lost
    }

    private func isDue(
        _ last: WritableKeyPath<Rounds, ContinuousClock.Instant?>,
        every interval: Duration, _ now: ContinuousClock.Instant
    ) -> Bool {
        rounds.withLock { rounds in
            if let last = rounds[keyPath: last], now - last < interval { return false }
            rounds[keyPath: last] = now
            return true
        }
    }

    private static let leaseName = "repair"
    private static let lease: Duration = .seconds(15)
    private static let stateLife: Duration = .seconds(5)
}
