import SFSCore
import SFSWire

/// What passes found, for a person.
enum PassReport {
    /// A row per store.
    static func lines(_ passes: [PassReply], _ kind: PassKind) -> [String] {
        switch kind {
        case .inventory: Table.lines([inventoryHeading] + passes.map(inventoryRow))
        case .verify: Table.lines([verifyHeading] + passes.map(verifyRow))
        }
    }

    /// Why a pass did not do all that it should; `nil` when it did.
    static func problem(of pass: PassReply) -> String? {
        let subject = "\(pass.kind.rawValue) of store '\(pass.store)'"
        switch pass.state {
        case .failed: return "\(subject) failed: \(pass.problem ?? "nobody knows why")"
        case .waiting: return "\(subject) has not begun; it waits for the store"
        case .paused: return "\(subject) is paused; go on with '--resume'"
        case .running: return "\(subject) is not done"
        case .done:
            let failed = pass.counters.failed
            return failed == 0 ? nil : "\(subject) could not look at \(failed) files"
        }
    }

    /// Whether something is not as it should be.
    static func hasDifferences(_ pass: PassReply) -> Bool {
        let counters = pass.counters
        switch pass.kind {
        case .inventory: return counters.missing + counters.foreign + counters.quarantined > 0
        case .verify: return counters.quarantined + counters.missing > 0
        }
    }

    private static let inventoryHeading = [
        "STORE", "STATE", "DONE", "FILES", "VALID", "ADOPTED", "REPAIRED", "MISSING", "FOREIGN",
        "BAD", "TRASHED", "FAILED",
    ]

    private static func inventoryRow(_ pass: PassReply) -> [String] {
        let counters = pass.counters
        let numbers = [
            counters.files, counters.valid, counters.adopted, counters.repaired, counters.missing,
            counters.foreign, counters.quarantined, counters.trashed, counters.failed,
        ]
        return start(pass) + numbers.map { "\($0)" }
    }

    private static let verifyHeading = [
        "STORE", "STATE", "DONE", "FILES", "READ", "GOOD", "BAD", "SKIPPED", "FAILED", "ENDED",
    ]

    private static func verifyRow(_ pass: PassReply) -> [String] {
        let counters = pass.counters
        return start(pass) + [
            "\(counters.files)", ByteCount(max(0, counters.bytes)).description,
            "\(counters.valid)", "\(counters.quarantined)", "\(counters.skipped)",
            "\(counters.failed)", pass.endedAt?.description ?? "-",
        ]
    }

    private static func start(_ pass: PassReply) -> [String] {
        let percent = Int((max(0, min(1, pass.progress)) * 100).rounded(.down))
        return [
            pass.store.text, pass.state.rawValue, pass.state == .done ? "100%" : "\(percent)%",
        ]
    }
}
