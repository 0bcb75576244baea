import SFSCore
import SFSEngine
import SFSHTTP
import SFSPrism
import SFSWire

/// Plans and their tasks, for operators.
struct PlanRoutes: Sendable {
    let engine: Engine
    let prism: Prism

    var routes: [Route] { plans + tasks }

    /// Plans or tasks on a page, at most.
    static let pageMaximum = 1000

    private var plans: [Route] {
        [
            Route("POST", Routes.plans, .operators) { call in
                let order = try await call.json(PlanOrder.self)
                let plan = try await engine.plan(order, actor: call.caller.name)
                if order.apply { await tellPrism(of: plan) }
                return .json(plan, status: 201)
            },
            Route("GET", Routes.plans, .operators) { call in
                let query = try Query(call.request, allowed: ["state", "limit"])
                return .json(
                    try await engine.plans(
                        state: try query.word("state"), limit: try query.limit()))
            },
            Route("GET", "\(Routes.plans)/{number}", .operators) { call in
                .json(try await engine.showPlan(try call.number()))
            },
            Route("GET", "\(Routes.plans)/{number}/steps", .operators) { call in
                let query = try Query(call.request, allowed: ["after", "limit"])
                return .json(
                    try await engine.planSteps(
                        try call.number(), after: try query.hash("after"),
                        limit: try query.limit()))
            },
            Route("POST", "\(Routes.plans)/{number}/apply", .operators) { call in
                let plan = try await engine.apply(try call.number(), actor: call.caller.name)
                await tellPrism(of: plan)
                return .json(plan)
            },
        ]
            + [TaskChange.pause, .resume, .cancel].map { change in
                Route("POST", "\(Routes.plans)/{number}/\(change.rawValue)", .operators) { call in
                    .json(
                        try await engine.changePlan(
                            try call.number(), change, actor: call.caller.name))
                }
            }
    }

    /// What is deleted is not to be had at this prism once the answer is there (promises.md C1).
    private func tellPrism(of plan: PlanReply) async {
        if [.remove, .undelete].contains(plan.kind) { await prism.forgetContents() }
    }

    private var tasks: [Route] {
        [
            Route("GET", Routes.tasks, .operators) { call in
                let query = try Query(
                    call.request, allowed: ["plan", "store", "state", "after", "limit"])
                return .json(
                    try await engine.tasks(
                        plan: try query.number("plan").map { Int64($0) },
                        store: try query.name("store"), state: try query.word("state"),
                        after: try query.number("after").map { Int64($0) },
                        limit: try query.limit()))
            },
            Route("GET", "\(Routes.tasks)/{number}", .operators) { call in
                .json(try await engine.task(try call.number()))
            },
            Route("POST", Routes.changeTasks, .operators) { call in
                let order = try await call.json(TaskOrder.self)
                return .json(try await engine.changeTasks(order, actor: call.caller.name))
            },
        ]
    }
}

extension RouteCall {
    /// The number in the segment `number`.
    ///
    /// - Throws: `SFSError` with code `.usage`.
    func number() throws(SFSError) -> Int64 {
        guard let number = Int64(parameter("number")), number > 0 else {
            throw SFSError(.usage, "'\(parameter("number").prefix(80))' is not a number")
        }
        return number
    }

    /// The name in the segment `segment`.
    ///
    /// - Throws: `SFSError` with code `.usage`.
    func name(_ segment: String) throws(SFSError) -> MemberName {
        try MemberName(parsing: parameter(segment))
    }

    /// The word of a closed list in the segment `segment`.
    ///
    /// - Throws: `SFSError` with code `.usage`.
    func word<Word: RawRepresentable>(
        _ segment: String
    ) throws(SFSError) -> Word where Word.RawValue == String {
        guard let word = Word(rawValue: parameter(segment)) else {
            throw SFSError(.usage, "'\(parameter(segment).prefix(80))' is not a \(segment) here")
        }
        return word
    }
}

extension Query {
    /// How many entries a page shall have: `limit`, else as many as it may.
    ///
    /// - Throws: `SFSError` with code `.usage`.
    func limit() throws(SFSError) -> Int {
        let limit = try number("limit") ?? PlanRoutes.pageMaximum
        guard (1...PlanRoutes.pageMaximum).contains(limit) else {
            throw SFSError(.usage, "'limit' is not between 1 and \(PlanRoutes.pageMaximum)")
        }
        return limit
    }

    /// The hash in `name`; `nil` when absent.
    ///
    /// - Throws: `SFSError` with code `.invalidHash`.
    func hash(_ name: String) throws(SFSError) -> ContentHash? {
        guard let text = self[name] else { return nil }
        return try ContentHash(parsing: text)
    }

    /// The member's name in `name`; `nil` when absent.
    ///
    /// - Throws: `SFSError` with code `.usage`.
    func name(_ name: String) throws(SFSError) -> MemberName? {
        guard let text = self[name] else { return nil }
        return try MemberName(parsing: text)
    }

    /// The word of a closed list in `name`; `nil` when absent.
    ///
    /// - Throws: `SFSError` with code `.usage`.
    func word<Word: RawRepresentable>(
        _ name: String
    ) throws(SFSError) -> Word? where Word.RawValue == String {
        guard let text = self[name] else { return nil }
        guard let word = Word(rawValue: text) else {
            throw SFSError(.usage, "'\(text.prefix(80))' is not a \(name) here")
        }
        return word
    }
}
