import NIOCore
import SFSCore
package import SFSHTTP
package import SFSStore
import SFSWire

/// What a store answers.
///
/// Public: `/healthz`, `/readyz`. Everything else is for prisms and other
/// stores, which prove themselves with the cluster's key.
package struct StoreRoutes: RouteTable {
    private let store: Store
    private let access: Access
    /// Bytes of a JSON body, at most.
    private let jsonMaximum: Int

    package init(store: Store, access: Access, jsonMaximum: Int) {
        self.store = store
        self.access = access
        self.jsonMaximum = jsonMaximum
    }

    package func answer(
        _ request: HTTPRequest, _ body: RequestBody
    ) async throws -> HTTPResponse {
        switch (request.method, request.path) {
        case ("GET", Routes.health), ("HEAD", Routes.health): return .text("ok")
        case ("GET", Routes.readiness), ("HEAD", Routes.readiness):
            return store.problem.map { _ in .text("not in service", status: 503) } ?? .text("ready")
        default: break
        }
        try access.check(request)
        if request.method == "GET", request.path == Routes.storeHealth {
            return .json(try await store.health())
        }
        if request.method == "POST", request.path == Routes.storeInit {
            return try await StoreInitRoute(
                stores: [store], access: access, jsonMaximum: jsonMaximum
            ).answer(request, body)
        }
        let segments = request.segments
        guard (3...4).contains(segments.count), segments[0] == "v1" else {
            throw request.unknownRoute
        }
        switch segments[1] {
        case "spool": return try await spool(request, body, segments)
        case "replicas": return try await replicas(request, segments)
        default: throw request.unknownRoute
        }
    }

    /// Routes below `/v1/spool/<upload>`.
    private func spool(
        _ request: HTTPRequest, _ body: RequestBody, _ segments: [Substring]
    ) async throws -> HTTPResponse {
        let upload = try UploadID(parsing: segments[2])
        switch (request.method, segments.count == 4 ? segments[3] : nil) {
        case ("PUT", nil):
            let query = try Query(request, allowed: ["algorithm"])
            let received = try await store.receive(
                upload, algorithm: try query.algorithm() ?? .standard,
                length: body.declaredLength, body: body.stream)
            return .json(received, status: 201)
        case ("DELETE", nil):
            await store.discard(upload)
            return HTTPResponse(status: 204)
        case ("POST", "commit"):
            let order = try await body.json(CommitOrder.self, upTo: jsonMaximum)
            try await store.commit(upload, as: order.hash, order.attributes)
            return HTTPResponse(status: 204)
        default: throw request.unknownRoute
        }
    }

    /// Routes below `/v1/replicas/<hash>`.
    private func replicas(
        _ request: HTTPRequest, _ segments: [Substring]
    ) async throws -> HTTPResponse {
        let hash = try ContentHash(parsing: segments[2])
        let facts = try await store.find(hash)
        guard let facts else {
            throw SFSError(.notFound, "'\(hash)' is not on store '\(store.settings.name)'")
        }
        switch (request.method, segments.count == 4 ? segments[3] : nil) {
        case ("GET", "facts"): return .json(facts)
        case ("GET", nil), ("HEAD", nil):
            let type = facts.attributes?.mediaType ?? MediaType.unknown
            return try await ByteReply(hash: hash, size: facts.size, mediaType: type)
                .answer(request) { try await store.read(hash, offsets: $0).bytes }
        default: throw request.unknownRoute
        }
    }
}
