import Logging
import SFSCore
package import SFSEngine
package import SFSHTTP
package import SFSPrism
package import SFSStore
import SFSWire

/// What a prism answers: the native API below `/v1`, and what clients of the original know.
package struct PrismRoutes: RouteTable {
    private let router: Router

    /// `stores` are those of this process, for `sfs store init`; `engine` does what operators ask;
    /// `jsonMaximum` = bytes of a JSON body, at most; `isReady` tells whether the catalog answers,
    /// for `/readyz`.
    package init(
        prism: Prism, engine: Engine, access: Access, stores: [Store], jsonMaximum: Int,
        isReady: @escaping @Sendable () async -> Bool
    ) {
        let volumes = StoreInitRoute(stores: stores, access: access)
        let adoption = StoreAdoptRoute(stores: stores, access: access)
        let native =
            Self.contents(prism) + Self.operation(engine, prism)
            + AccountRoutes(prism: prism).routes
            + SessionRoutes(prism: prism).routes + PurchaseRoutes(prism: prism).routes + [
                OpenAPIRoute.prism,
                Route("GET", Routes.status, .account) { _ in .json(try await prism.status()) },
                Route("POST", Routes.storeInit, .operators) { try await volumes.answer($0) },
                Route("POST", Routes.storeAdopt, .operators) { try await adoption.answer($0) },
            ]
        // The last one takes every path of two segments.
        router = Router(
            Self.health(isReady) + native + Self.compatible(prism), access: access,
            jsonMaximum: jsonMaximum)
    }

    /// Method and pattern of every route, in no order.
    package var described: [(method: String, pattern: String)] { router.described }

    package func answer(
        _ request: HTTPRequest, _ body: RequestBody
    ) async throws -> HTTPResponse {
        try await router.answer(request, body)
    }

    private static func health(_ isReady: @escaping @Sendable () async -> Bool) -> [Route] {
        [
            Route("GET", Routes.health, .open) { _ in .text("ok") },
            Route("GET", Routes.readiness, .open) { _ in
                await isReady()
                    ? .text("ready") : .text("the catalog cannot be reached", status: 503)
            },
        ]
    }

    /// What clients of the original know (protocol.md 2.1 and 2.2).
    private static func compatible(_ prism: Prism) -> [Route] {
        PublicRoutes.all + [PublicRoutes.crossDomain] + UserRoutes(prism: prism).routes
            + InventoryRoutes(prism: prism).routes + UploadRoute(prism: prism).routes
            + RetrieveRoute(prism: prism).routes + PurchaseCompatibleRoutes(prism: prism).routes
            + PlayRoutes(prism: prism).routes
    }

    /// What operators ask for.
    private static func operation(_ engine: Engine, _ prism: Prism) -> [Route] {
        PlanRoutes(engine: engine, prism: prism).routes + PassRoutes(engine: engine).routes
            + MemberRoutes(engine: engine).routes + RuleRoutes(engine: engine).routes
            + CareRoutes(engine: engine).routes
    }

    /// Contents, natively.
    private static func contents(_ prism: Prism) -> [Route] {
        let routes = ContentRoutes(prism: prism)
        return [
            Route("POST", Routes.contents, .role(.create)) { try await routes.put($0) },
            Route("POST", Routes.exists, .role(.read), isQuick: true) {
                try await routes.exists($0)
            },
            Route("GET", "\(Routes.contents)/{hash}", .role(.read)) { try await routes.get($0) },
            Route("GET", "\(Routes.contents)/{hash}/detail", .role(.read)) { call in
                .json(try await prism.detail(try call.hash()))
            },
            Route("POST", "\(Routes.contents)/{hash}/replicas", .role(.create)) { call in
                let query = try Query(call.request, allowed: ["copies"])
                return .json(
                    try await prism.topUp(try call.hash(), copies: try query.number("copies")))
            },
        ]
    }
}
