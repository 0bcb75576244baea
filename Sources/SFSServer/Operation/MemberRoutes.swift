import SFSCore
import SFSEngine
import SFSHTTP
import SFSWire

/// Members, their roles, and the coming and going of stores, for operators.
struct MemberRoutes: Sendable {
    let engine: Engine

    var routes: [Route] {
        [
            Route("GET", Routes.members, .operators) { _ in
                .json(try await engine.members())
            },
            Route("DELETE", "\(Routes.members)/{name}", .operators) { call in
                try await engine.removeMember(try call.name("name"), actor: call.caller.name)
                return HTTPResponse(status: 204)
            },
            Route("POST", "\(Routes.members)/{name}/roles", .operators) { call in
                let order = try await call.json(RolesOrder.self)
                return .json(
                    try await engine.setRoles(
                        of: try call.name("name"), order, actor: call.caller.name))
            },
            Route("POST", "/v1/stores/{store}/undrain", .operators) { call in
                .json(try await engine.undrain(try call.name("store"), actor: call.caller.name))
            },
            Route("POST", "/v1/stores/{store}/retire", .operators) { call in
                .json(try await engine.retire(try call.name("store"), actor: call.caller.name))
            },
            Route("GET", "/v1/stores/{store}/can/{purpose}", .operators) { call in
                .json(
                    try await engine.can(
                        try call.word("purpose"), try call.name("store"),
                        actor: call.caller.name))
            },
        ]
    }
}
