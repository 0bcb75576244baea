import SFSClient
import SFSCore
import SFSWire

/// The way of everything that is planned: it is planned and shown, agreed to, applied as it was
/// shown, and watched.
struct PlanRun {
    let terms: PlanTerms
    /// `nil` = nothing is taken away, so it begins at once.
    let consent: ApplyOptions?
    let session: Session
    /// Whether a plan in which nothing moves is applied too, since it says more than that.
    var appliesEmpty = false

    private var plans: [PlanReply] = []

    init(_ terms: PlanTerms, consent: ApplyOptions?, _ session: Session) {
        self.terms = terms
        self.consent = consent
        self.session = session
    }

    /// What was planned.
    var summaries: [PlanSummary] { plans.map(\.summary) }

    /// Whether there is nothing to do.
    var isEmpty: Bool { plans.allSatisfy(isEmpty) }

    /// Has `order` planned, and shows the plan.
    mutating func propose(_ order: PlanOrder) async throws {
        var order = terms.applied(to: order)
        order.apply = consent == nil && !terms.dryRun
        do {
            let plan = try await session.prism.makePlan(order)
            plans.append(plan)
            try show(plan)
        } catch let error as CancellationError {
            if order.apply { session.output.note("it may have begun; see 'sfs plan list'") }
            throw error
        }
    }

    /// Asks where that is wanted, applies, and watches.
    ///
    /// `question` says what is taken away; `nil` = nothing is, after all.
    mutating func finish(_ question: String?) async throws -> Answer {
        guard !terms.dryRun, !isEmpty else { return .yes }
        if let consent {
            if let question, try !isWanted(consent, question) { return .no }
            try await apply()
        }
        return try await watch()
    }

    private func isEmpty(_ plan: PlanReply) -> Bool {
        !appliesEmpty && PlanReport(plan: plan).isEmpty
    }

    /// Applies each plan as it was shown.
    private mutating func apply() async throws {
        for index in plans.indices where !isEmpty(plans[index]) {
            let number = plans[index].plan
            do {
                plans[index] = try await session.prism.applyPlan(number)
            } catch {
                if error is CancellationError {
                    session.output.note(
                        "plan \(number) may have begun; see 'sfs plan show \(number)'")
                }
                noteBegun()
                throw error
            }
        }
    }

    /// Watches what goes on, unless the user does not want to wait.
    private func watch() async throws -> Answer {
        let begun = plans.filter { !isEmpty($0) }
        guard terms.isDetached else {
            return try await PlanWatch(numbers: begun.map(\.plan), session: session).run()
        }
        // What begins at once was shown as it is now.
        if consent != nil, session.output.isJSON {
            for plan in begun { try session.output.json(plan) }
        }
        noteBegun()
        return .yes
    }

    /// Whether to go on; the plan is kept for later when not.
    private func isWanted(_ consent: ApplyOptions, _ question: String) throws -> Bool {
        do {
            if try consent.isWanted(question, session.output) { return true }
        } catch {
            noteHowToApply()
            throw error
        }
        noteHowToApply()
        return false
    }

    /// Says how a plan that was only shown can be applied.
    func noteHowToApply() {
        for plan in plans where !isEmpty(plan) && plan.plan != 0 {
            session.output.note("apply this plan later with 'sfs plan apply \(plan.plan)'")
        }
    }

    /// Says of what has begun that it goes on without this program.
    func noteBegun() {
        for plan in plans where plan.state == .running {
            session.output.note(
                "plan \(plan.plan) goes on; see it with 'sfs task watch \(plan.plan)'")
        }
    }

    private func show(_ plan: PlanReply) throws {
        if session.output.isJSON { return try session.output.json(plan) }
        try session.output.line(PlanReport(plan: plan).lines.joined(separator: "\n"))
    }
}
