import SFSCore
import SFSEngine
import SFSHTTP
import SFSWire

/// Passes over volumes, verifying of single contents, and pruning, for operators.
struct PassRoutes: Sendable {
    let engine: Engine

    var routes: [Route] {
        [
            Route("POST", Routes.passes, .operators) { call in
                let order = try await call.json(PassOrder.self)
                return .json(
                    try await engine.requestPasses(order, actor: call.caller.name), status: 201)
            },
            Route("GET", Routes.passes, .operators) { call in
                let query = try Query(call.request, allowed: ["kind"])
                return .json(try await engine.passes(kind: try query.word("kind")))
            },
            Route("POST", Routes.verifyContents, .operators) { call in
                let order = try await call.json(VerifyOrder.self)
                return .json(try await engine.verify(order))
            },
            Route("POST", Routes.prune, .operators) { call in
                let order = try await call.json(PruneOrder.self)
                return .json(try await engine.prune(order))
            },
        ]
            + [TaskChange.pause, .resume, .cancel].map { change in
                Route(
                    "POST", "\(Routes.passes)/{kind}/{store}/\(change.rawValue)", .operators
                ) { call in
                    .json(
                        try await engine.changePass(
                            try call.word("kind"), of: try call.name("store"), change,
                            actor: call.caller.name))
                }
            }
    }
}
