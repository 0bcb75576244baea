import SFSCore
import SFSEngine
import SFSHTTP
import SFSWire

/// Rules of contents, for operators.
struct RuleRoutes: Sendable {
    let engine: Engine

    var routes: [Route] {
        [
            Route("GET", Routes.rules, .operators) { call in
                let query = try Query(call.request, allowed: ["after", "limit"])
                return .json(
                    try await engine.rules(
                        after: try query.hash("after"), limit: try query.limit()))
            },
            Route("GET", "\(Routes.rules)/{hash}", .operators) { call in
                .json(try await engine.rules(of: try call.hash()))
            },
            Route("PUT", "\(Routes.rules)/{hash}", .operators) { call in
                let rules = try await call.json(RulesMessage.self)
                return .json(
                    try await engine.setRules(
                        rules, of: try call.hash(), actor: call.caller.name))
            },
            Route("DELETE", "\(Routes.rules)/{hash}", .operators) { call in
                try await engine.clearRules(of: try call.hash(), actor: call.caller.name)
                return HTTPResponse(status: 204)
            },
        ]
    }
}
