import SFSCore
package import SFSWire
import Synchronization

/// The plans and tasks of a stand-in, which plans whatever it is told to.
package final class PlanBook: Sendable {
    private struct State {
        var plans: [PlanReply] = []
        var tasks: [TaskReply] = []
        var steps: [PlanStepList.Step] = []
        var orders: [PlanOrder] = []
        var changes: [TaskOrder] = []
        var summary: PlanSummary?
        var failed: [TaskReply] = []
        var looksUntilDone = 2
        var looks = 0
        var refusal: String?
    }

    /// A page is never longer, whatever is asked for.
    package static let pageLength = 3

    private let state = Mutex(State())

    /// All plans, the oldest first.
    package var plans: [PlanReply] { state.withLock { $0.plans } }

    /// Every order to plan something.
    package var orders: [PlanOrder] { state.withLock { $0.orders } }

    /// Every order to change tasks.
    package var changes: [TaskOrder] { state.withLock { $0.changes } }

    /// What the plans from now on say; `nil` = a copy more of each of three contents.
    package func setSummary(_ summary: PlanSummary?) {
        state.withLock { $0.summary = summary }
    }

    /// Has plans be done after so many looks at one that is running.
    package func setLooksUntilDone(_ count: Int) { state.withLock { $0.looksUntilDone = count } }

    /// Has these tasks fail in every plan.
    package func setFailed(_ tasks: [TaskReply]) { state.withLock { $0.failed = tasks } }

    /// Refuses to apply plans, and says why.
    package func setRefusal(_ problem: String?) { state.withLock { $0.refusal = problem } }

    /// Keeps these tasks, by number.
    package func keep(_ tasks: [TaskReply]) { state.withLock { $0.tasks = tasks } }

    /// Keeps these steps, by hash, for every plan.
    package func keep(_ steps: [PlanStepList.Step]) { state.withLock { $0.steps = steps } }

    /// Changes the plan of that number, as if somebody else had.
    package func change(_ number: Int64, _ body: (inout PlanReply) -> Void) {
        state.withLock { state in
            let index = state.plans.firstIndex { $0.plan == number }
            if let index { body(&state.plans[index]) }
        }
    }

    /// What a plan says that makes a copy more of `contents` contents of 1 KiB each.
    package static func summary(
        adding contents: Int64, removing removed: Int64 = 0,
        leavingAlone leftAlone: [PlanSummary.LeftAlone] = []
    ) throws -> PlanSummary {
        let (store, zone) = (try MemberName(parsing: "s1"), try MemberName(parsing: "z1"))
        return PlanSummary(
            contents: max(contents, removed), bytes: contents << 10, copiesAdded: contents,
            copiesRemoved: removed, lowestCopies: 2,
            stores: [
                PlanSummary.Store(
                    name: store, zone: zone, totalBytes: 100 << 20, usedBefore: 20 << 20,
                    usedAfter: 40 << 20, copiesAdded: contents, copiesRemoved: removed)
            ],
            zones: [PlanSummary.Zone(name: zone, copiesAdded: contents, copiesRemoved: removed)],
            seconds: 75, bytesPerSecond: 1 << 20, leftAlone: leftAlone)
    }

    /// What `head` with `body` is answered with; `nil` when it is no route of this book.
    func answer(_ head: RawRequest, _ body: () throws -> [UInt8]) throws -> StandInAnswer? {
        let parts = head.path.split(separator: "/").dropFirst().map(String.init)
        switch (head.method, parts.first, parts.count) {
        case ("POST", "plans", 1): return try .json(make(try body()))
        case ("GET", "plans", 1): return try .json(PlanList(plans: listed(head)))
        case ("GET", "plans", 2): return try .json(look(at: try number(parts[1])))
        case ("GET", "plans", 3): return try .json(PlanStepList(steps: steps(head)))
        case ("POST", "plans", 3):
            let number = try number(parts[1])
            guard let change = TaskChange(rawValue: parts[2]) else {
                return try .json(apply(number))
            }
            return try .json(changed(number, change))
        case ("POST", "tasks", 2):
            let order = try JSON.decode(TaskOrder.self, from: body())
            state.withLock { $0.changes.append(order) }
            return try .json(CountReply(count: Int64(meant(order).count)))
        case ("GET", "tasks", 1): return try .json(TaskList(tasks: try tasks(head)))
        case ("GET", "tasks", 2):
            let number = try number(parts[1])
            guard let task = state.withLock({ $0.tasks.first { $0.task == number } }) else {
                throw SFSError(.notFound, "there is no task \(number)")
            }
            return try .json(task)
        default: return nil
        }
    }

    private func number(_ text: String) throws -> Int64 {
        guard let number = Int64(text) else { throw SFSError(.usage, "'\(text)' is no number") }
        return number
    }

    private func make(_ body: [UInt8]) throws -> PlanReply {
        let order = try JSON.decode(PlanOrder.self, from: body)
        return try state.withLock { state in
            state.orders.append(order)
            let summary = try state.summary ?? Self.summary(adding: 3)
            let begins = order.apply && !order.dryRun
            let plan = PlanReply(
                plan: order.dryRun ? 0 : Int64(state.plans.count + 1), kind: order.kind,
                state: begins ? .running : .shown, actor: "root", reason: order.reason ?? "",
                createdAt: Timestamp(milliseconds: 0),
                appliedAt: begins ? Timestamp(milliseconds: 1000) : nil, summary: summary,
                bandwidth: order.bandwidth, concurrency: order.concurrency,
                tasks: summary.contents, tasksDone: 0, tasksFailed: 0, bytes: summary.bytes,
                bytesDone: 0)
            if !order.dryRun { state.plans.append(plan) }
            return plan
        }
    }

    private func listed(_ head: RawRequest) -> [PlanReply] {
        let wanted = head.query("state")
        let all = plans.reversed().filter { wanted == nil || $0.state.rawValue == wanted }
        return Array(all.prefix(head.query("limit").flatMap { Int($0) } ?? .max))
    }

    private func look(at number: Int64) throws -> PlanReply {
        try state.withLock { state in
            guard let index = state.plans.firstIndex(where: { $0.plan == number }) else {
                throw SFSError(.notFound, "there is no plan \(number)")
            }
            guard state.plans[index].state == .running else { return state.plans[index] }
            state.looks += 1
            guard state.looks >= state.looksUntilDone else { return state.plans[index] }
            let failed = Int64(state.failed.count)
            state.plans[index].state = .done
            state.plans[index].tasksFailed = failed
            state.plans[index].tasksDone = state.plans[index].tasks - failed
            state.plans[index].bytesDone = state.plans[index].bytes
            state.plans[index].endedAt = Timestamp(milliseconds: 3000)
            return state.plans[index]
        }
    }

    private func apply(_ number: Int64) throws -> PlanReply {
        let refusal = state.withLock { $0.refusal }
        if let refusal { throw SFSError(.conflict, refusal) }
        change(number) { plan in
            plan.state = .running
            plan.appliedAt = Timestamp(milliseconds: 1000)
        }
        return try found(number)
    }

    private func changed(_ number: Int64, _ change: TaskChange) throws -> PlanReply {
        self.change(number) { plan in
            switch change {
            case .pause: plan.state = .paused
            case .resume, .retry: plan.state = .running
            case .cancel: plan.state = .cancelled
            }
        }
        return try found(number)
    }

    private func found(_ number: Int64) throws -> PlanReply {
        guard let plan = plans.first(where: { $0.plan == number }) else {
            throw SFSError(.notFound, "there is no plan \(number)")
        }
        return plan
    }

    private func steps(_ head: RawRequest) -> [PlanStepList.Step] {
        let after = head.query("after") ?? ""
        return Array(
            state.withLock { $0.steps }.filter { $0.hash.hex > after }.prefix(Self.pageLength))
    }

    private func tasks(_ head: RawRequest) throws -> [TaskReply] {
        let after = head.query("after").flatMap { Int64($0) } ?? 0
        let all = state.withLock { head.query("state") == "failed" ? $0.failed : $0.tasks }
        let found = all.filter { task in
            task.task > after
                && (head.query("state").map { $0 == task.state.rawValue } ?? true)
                && (head.query("store").map { $0 == task.store.text } ?? true)
                && (head.query("plan").map { $0 == task.plan.map { "\($0)" } } ?? true)
        }
        let length = min(head.query("limit").flatMap { Int($0) } ?? .max, Self.pageLength)
        return Array(found.prefix(length))
    }

    private func meant(_ order: TaskOrder) -> [TaskReply] {
        state.withLock { $0.tasks }.filter { task in
            order.tasks?.contains(task.task) ?? (order.plan.map { $0 == task.plan })
                ?? (order.state == task.state)
        }
    }
}

extension PlanOrder {
    fileprivate var kind: PlanKind {
        if clone != nil { return .clone }
        if balance != nil { return .balance }
        if drain != nil { return .drain }
        return remove != nil ? .remove : .undelete
    }
}
