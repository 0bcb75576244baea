import Logging
import SFSCore
package import SFSHTTP
package import SFSPrism
package import SFSStore
import SFSWire

/// What a prism answers.
///
/// Public: `/healthz`, `/readyz`. Everything else needs a token, or the
/// Unix socket.
package struct PrismRoutes: RouteTable {
    let prism: Prism
    let access: Access
    /// The stores of this process, for `sfs store init`.
    let stores: [Store]
    /// Bytes of a JSON body, at most.
    let jsonMaximum: Int
    /// Whether the catalog answers, asked for `/readyz`.
    let isReady: @Sendable () async -> Bool

    package init(
        prism: Prism, access: Access, stores: [Store], jsonMaximum: Int,
        isReady: @escaping @Sendable () async -> Bool
    ) {
        self.prism = prism
        self.access = access
        self.stores = stores
        self.jsonMaximum = jsonMaximum
        self.isReady = isReady
    }

    package func answer(
        _ request: HTTPRequest, _ body: RequestBody
    ) async throws -> HTTPResponse {
        switch (request.method, request.path) {
        case ("GET", Routes.health), ("HEAD", Routes.health): return .text("ok")
        case ("GET", Routes.readiness), ("HEAD", Routes.readiness):
            return await isReady()
                ? .text("ready") : .text("the catalog cannot be reached", status: 503)
        default: break
        }
        try access.check(request)
        switch (request.method, request.path) {
        case ("GET", Routes.status): return .json(try await prism.status())
        case ("POST", Routes.contents): return try await put(request, body)
        case ("POST", Routes.exists): return try await exists(body)
        case ("POST", Routes.storeInit):
            return try await StoreInitRoute(
                stores: stores, access: access, jsonMaximum: jsonMaximum
            ).answer(request, body)
        default: return try await content(request)
        }
    }

    /// Routes below `/v1/contents/<hash>`.
    private func content(_ request: HTTPRequest) async throws -> HTTPResponse {
        let segments = request.segments
        guard (3...4).contains(segments.count), segments[0] == "v1", segments[1] == "contents"
        else { throw request.unknownRoute }
        switch (request.method, segments.count == 4 ? segments[3] : nil) {
        case ("GET", nil), ("HEAD", nil):
            return try await get(try ContentHash(parsing: segments[2]), request)
        case ("GET", "detail"):
            return .json(try await prism.detail(try ContentHash(parsing: segments[2])))
        case ("POST", "replicas"):
            let query = try Query(request, allowed: ["copies"])
            let hash = try ContentHash(parsing: segments[2])
            return .json(try await prism.topUp(hash, copies: try query.number("copies")))
        default: throw request.unknownRoute
        }
    }
}
