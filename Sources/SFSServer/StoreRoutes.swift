import NIOCore
import SFSCore
package import SFSHTTP
package import SFSStore
import SFSWire

/// What a store answers: to other nodes below `/v1`, and what clients of the original know.
package struct StoreRoutes: RouteTable {
    private let router: Router
    private let delivery: PreparedDelivery

    /// `jsonMaximum` = bytes of a JSON body, at most.
    package init(store: Store, access: Access, jsonMaximum: Int) {
        let volumes = StoreInitRoute(stores: [store], access: access)
        let adoption = StoreAdoptRoute(stores: [store], access: access)
        let replicas = ReplicaRoutes(store: store)
        delivery = PreparedDelivery(store: store)
        router = Router(
            Self.health(store) + replicas.routes + Self.compatible(store) + [
                OpenAPIRoute.store,
                Route("POST", Routes.storeInit, .operators) { try await volumes.answer($0) },
                Route("POST", Routes.storeAdopt, .operators) { try await adoption.answer($0) },
            ], access: access, jsonMaximum: jsonMaximum)
    }

    /// Method and pattern of every route, in no order.
    package var described: [(method: String, pattern: String)] { router.described }

    package func answer(
        _ request: HTTPRequest, _ body: RequestBody
    ) async throws -> HTTPResponse {
        try await router.answer(request, body)
    }

    package var preparesReplies: Bool { true }

    package func prepare(_ request: HTTPRequest) async throws -> PreparedReply? {
        try await delivery.prepare(request)
    }

    private static func health(_ store: Store) -> [Route] {
        [
            Route("GET", Routes.health, .open) { _ in .text("ok") },
            Route("GET", Routes.readiness, .open) { _ in
                store.problem.map { _ in .text("not in service", status: 503) } ?? .text("ready")
            },
            Route("GET", Routes.storeHealth, .members) { _ in .json(try await store.health()) },
        ]
    }

    /// What programs and viewers of the original know of a store, without jobs.
    private static func compatible(_ store: Store) -> [Route] {
        PublicRoutes.all + StoreDemonstrations.routes + StoreDelivery(store: store).routes
            + StoreInventoryRoutes(store: store).routes + StoreTransferRoutes(store: store).routes
    }
}
