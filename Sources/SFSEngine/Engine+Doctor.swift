import SFSCatalog
import SFSCore
package import SFSWire

extension Engine {
    /// Looks at the whole cluster: what is wrong, or may go wrong, and what to do about each.
    ///
    /// Worst first; a thing that is well is named once, so that one sees that it was looked at. A
    /// catalog that is away is a finding too, and what needs none is looked at all the same.
    package func doctor() async throws -> DoctorReply {
        var findings = await reach.localFindings()
        do {
            let facts = try await doctorFacts()
            findings += facts.ofCatalog + facts.ofMembers + facts.ofDisks + facts.ofContents
            findings += facts.ofMovement + facts.ofPasses
        } catch {
            try Task.checkCancellation()
            findings.append(
                .error(
                    "catalog", "catalog",
                    "it cannot be asked: \(SFSError(wrapping: error).message)",
                    "start PostgreSQL, or check 'catalog.url'"))
        }
        let order = DoctorReply.Severity.allCases.reversed().map(\.self)
        return DoctorReply(
            findings: order.flatMap { severity in findings.filter { $0.severity == severity } })
    }

    /// Asks the catalog and every store that should answer.
    private func doctorFacts() async throws -> DoctorFacts {
        let asked = ContinuousClock.now
        let condition = try await catalog.condition()
        // The answer was given somewhere between question and reply.
        let moment = Self.middle(asked, .now)
        let roll = try await storeRoll()
        let down = roll.stores([.away, .lost]).map(\.facts.number)
        let paused = try await catalog.plans(state: .paused, limit: Self.plansMaximum)
        let refused = try await catalog.plans(state: .refused, limit: Self.plansMaximum)
        return DoctorFacts(
            settings: settings, care: care, condition: condition,
            ownOffset: Self.offset(of: .now(), at: .now, condition.now, moment), roll: roll,
            prisms: try await catalog.prisms(), votes: try await catalog.votes(),
            healths: await healths(roll, condition.now, moment),
            risk: try await catalog.risk(down: down), damaged: try await catalog.damagedCount(),
            tasks: try await catalog.taskTotals(), plans: paused + refused,
            passes: try await catalog.passes(kind: nil))
    }

    /// Plans of one state that the doctor looks at.
    private static let plansMaximum = 20
    /// Stores that are asked at once.
    private static let healthsAtOnce = 16

    /// What each store that is not silent says of itself.
    private func healths(
        _ roll: StoreRoll, _ now: Timestamp, _ moment: ContinuousClock.Instant
    ) async -> [StoreNumber: DoctorFacts.Health] {
        await withTaskGroup(of: (StoreNumber, DoctorFacts.Health).self) { group in
            var rest = roll.records.filter { !$0.isRetired }[...]
            func askNext() {
                guard let store = rest.popFirst() else { return }
                group.addTask { [self] in
                    (store.facts.number, await health(store.facts.name, now, moment))
                }
            }
            for _ in 0..<Self.healthsAtOnce { askNext() }
            var healths: [StoreNumber: DoctorFacts.Health] = [:]
            for await (number, health) in group {
                healths[number] = health
                askNext()
            }
            return healths
        }
    }

    private func health(
        _ store: MemberName, _ now: Timestamp, _ moment: ContinuousClock.Instant
    ) async -> DoctorFacts.Health {
        let asked = ContinuousClock.now
        do {
            let health = try await withTimeLimit(care.healthTimeout, "it") { [reach] in
                guard let peer = try await reach.peers(store) else {
                    throw SFSError(.unavailable, "it has no address")
                }
                return try await peer.health()
            }
            let answered = Self.middle(asked, .now)
            return .answer(
                health, offset: Self.offset(of: health.clock, at: answered, now, moment))
        } catch {
            return .silence(SFSError(wrapping: error).message)
        }
    }

    private static func middle(
        _ start: ContinuousClock.Instant, _ end: ContinuousClock.Instant
    ) -> ContinuousClock.Instant {
        start + (end - start) / 2
    }

    /// By how much `clock`, read at `instant`, is ahead of the catalog's, which said `now` at
    /// `moment`.
    private static func offset(
        of clock: Timestamp, at instant: ContinuousClock.Instant, _ now: Timestamp,
        _ moment: ContinuousClock.Instant
    ) -> Duration {
        .milliseconds(clock.milliseconds - now.milliseconds) - (instant - moment)
    }
}

extension DoctorReply.Finding {
    /// Something that is well.
    static func fine(_ area: String, _ subject: String, _ message: String) -> Self {
        Self(severity: .fine, area: area, subject: subject, message: message, remedy: "")
    }

    /// Something that may go wrong.
    static func warning(
        _ area: String, _ subject: String, _ message: String, _ remedy: String
    ) -> Self {
        Self(severity: .warning, area: area, subject: subject, message: message, remedy: remedy)
    }

    /// Something that is wrong.
    static func error(
        _ area: String, _ subject: String, _ message: String, _ remedy: String
    ) -> Self {
        Self(severity: .error, area: area, subject: subject, message: message, remedy: remedy)
    }
}
