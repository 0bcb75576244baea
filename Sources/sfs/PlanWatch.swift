import SFSClient
import SFSCore
import SFSWire

/// Watches plans until nothing is left to do for them, and tells how it went.
struct PlanWatch {
    /// At least one, in the order of their making.
    let numbers: [Int64]
    let session: Session

    /// Failed tasks of one plan that are named; what is beyond is counted.
    private static let failuresNamedMaximum = 100

    /// Waits, and prints one result for each plan.
    ///
    /// - Throws: `SFSError` with code `.conflict` for a plan that was never applied; what asking
    ///   throws. When it is cancelled, the user is told how to see the work again.
    func run() async throws -> Answer {
        do {
            let plans = try await wait()
            var answers: [Answer] = []
            for plan in plans { answers.append(try await tell(plan)) }
            return answers.first { $0 != .yes } ?? .yes
        } catch let error as CancellationError {
            for number in numbers {
                session.output.note(
                    "plan \(number) goes on; see it with 'sfs task watch \(number)', "
                        + "stop it with 'sfs plan cancel \(number)'")
            }
            throw error
        }
    }

    private func wait() async throws -> [PlanReply] {
        let progress = MovementProgress()
        return try await LiveLine.showing(session.output) {
            progress.line(at: .now)
        } _: {
            var ended: [Int64: PlanReply] = [:]
            var stuck = Stuck(session.prism)
            return try await Poll(output: session.output).until {
                var plans: [PlanReply] = []
                for number in numbers {
                    let plan = try await look(at: number, ended)
                    if plan.state != .running { ended[number] = plan }
                    plans.append(plan)
                }
                progress.update(plans)
                let state = plans.flatMap { [$0.tasksDone, $0.tasksFailed, $0.bytesDone] }
                if stuck.isDoubtful(state) { try await checkStores(of: plans, stuck) }
                return ended.count == Set(numbers).count ? plans : nil
            }
        }
    }

    /// - Throws: `SFSError` with code `.busy` when all stores that have work are not there.
    private func checkStores(of plans: [PlanReply], _ stuck: Stuck) async throws {
        for plan in plans where plan.state == .running {
            let stores = try await stuck.absent(of: stuck.stores(of: plan.plan))
            guard !stores.isEmpty else { continue }
            let names = stores.map { "'\($0)'" }.joined(separator: ", ")
            throw SFSError(
                .busy, "plan \(plan.plan) waits for \(names); see 'sfs store list'")
        }
    }

    private func look(
        at number: Int64, _ ended: [Int64: PlanReply]
    ) async throws -> PlanReply {
        if let plan = ended[number] { return plan }
        return try await session.prism.plan(number)
    }

    /// Prints how it ended, names what failed.
    private func tell(_ plan: PlanReply) async throws -> Answer {
        let number = plan.plan
        switch plan.state {
        case .shown:
            throw SFSError(
                .conflict,
                "plan \(number) was not applied; begin it with 'sfs plan apply \(number)'")
        case .refused:
            let problem = plan.problem ?? "the cluster has changed since it was shown"
            throw SFSError(.conflict, "plan \(number) was refused: \(problem)")
        case .running, .paused, .done, .cancelled: break
        }
        try show(plan)
        if plan.tasksFailed > 0 {
            try await nameFailures(of: plan)
            return .failed(.partial)
        }
        switch plan.state {
        case .paused:
            return fail(.busy, "plan \(number) is paused; go on with 'sfs plan resume \(number)'")
        case .cancelled: return fail(.partial, "plan \(number) was cancelled before its end")
        case .shown, .running, .done, .refused: return .yes
        }
    }

    private func fail(_ code: ErrorCode, _ message: String) -> Answer {
        session.output.fail(SFSError(code, message))
        return .failed(code)
    }

    private func show(_ plan: PlanReply) throws {
        guard !session.output.isJSON else { return try session.output.json(plan) }
        var line = "plan \(plan.plan): \(plan.tasksDone) of \(plan.tasks) tasks done, "
        line += ByteCount(max(0, plan.bytesDone)).description
        if let start = plan.appliedAt, let end = plan.endedAt {
            let seconds = Double(max(1, end.milliseconds - start.milliseconds)) / 1000
            let rate = ByteCount(Int64(Double(max(0, plan.bytesDone)) / seconds))
            line += " in \(Clock.text(seconds: seconds)), \(rate)/s"
        }
        try session.output.line(line)
    }

    private func nameFailures(of plan: PlanReply) async throws {
        let failed = try await session.prism.tasks(
            plan: plan.plan, state: .failed, limit: Self.failuresNamedMaximum)
        for task in failed { session.output.fail(SFSError(.partial, TaskText.failure(task))) }
        session.output.fail(
            SFSError(
                .partial,
                "\(plan.tasksFailed) of \(plan.tasks) tasks of plan \(plan.plan) failed; "
                    + "try them again with 'sfs task retry --plan \(plan.plan)'"))
    }
}
