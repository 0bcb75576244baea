import NIOCore
import SFSCore
import SFSHTTP
import SFSStore
import SFSWire

/// Spool and replicas of a store, for other nodes: `StoreTransport` over HTTP.
struct ReplicaRoutes: Sendable {
    let store: Store

    var routes: [Route] {
        [
            Route("POST", Routes.readFeed, .members) { _ in
                await store.readFeed()
                return HTTPResponse(status: 204)
            },
            Route("PUT", "/v1/spool/{upload}", .members) { try await receive($0) },
            Route("DELETE", "/v1/spool/{upload}", .members) { call in
                await store.discard(try UploadID(parsing: call.parameter("upload")))
                return HTTPResponse(status: 204)
            },
            Route("POST", "/v1/spool/{upload}/commit", .members) { call in
                let order = try await call.json(CommitOrder.self)
                let upload = try UploadID(parsing: call.parameter("upload"))
                try await store.commit(upload, as: order.hash, order.attributes)
                return HTTPResponse(status: 204)
            },
            Route("GET", "/v1/replicas/{hash}", .members) { try await read($0) },
            Route("GET", "/v1/replicas/{hash}/facts", .members) { call in
                .json(try await facts(try call.hash()))
            },
            Route("POST", "/v1/replicas/{hash}/verify", .members) { call in
                .json(try await store.verify(try call.hash()))
            },
            Route("POST", "/v1/replicas/{hash}/prove", .members) { call in
                .json(try await store.prove(try call.hash()))
            },
            Route("POST", Routes.storePrune, .members) { call in
                let order = try await call.json(StorePruneOrder.self)
                return .json(PruneReply(entries: try await store.prune(order)))
            },
        ]
    }

    private func receive(_ call: RouteCall) async throws -> HTTPResponse {
        let query = try Query(call.request, allowed: ["algorithm"])
        let received = try await store.receive(
            try UploadID(parsing: call.parameter("upload")),
            algorithm: try query.algorithm() ?? .standard,
            length: call.body.declaredLength, body: call.body.stream)
        return .json(received, status: 201)
    }

    private func read(_ call: RouteCall) async throws -> HTTPResponse {
        let hash = try call.hash()
        let facts = try await store.findExpected(hash)
        let type = facts.attributes?.mediaType ?? MediaType.unknown
        return try await ByteReply(hash: hash, size: facts.size, mediaType: type)
            .answer(call.request) { try await store.read(hash, offsets: $0).bytes }
    }

    private func facts(_ hash: ContentHash) async throws -> ReplicaFacts {
        guard let facts = try await store.find(hash) else {
            throw SFSError(.notFound, "'\(hash)' is not on store '\(store.settings.name)'")
        }
        return facts
    }
}
