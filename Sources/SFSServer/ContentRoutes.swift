import NIOCore
import SFSCore
import SFSHTTP
import SFSPrism
import SFSStore
import SFSWire

extension PrismRoutes {
    /// POST `/v1/contents`: takes a content in; 201 when it is new, else 200.
    func put(_ request: HTTPRequest, _ body: RequestBody) async throws -> HTTPResponse {
        let query = try Query(
            request, allowed: ["algorithm", "hash", "copies", "extension", "type"])
        let put = try PutRequest(
            declared: try query["hash"].map { text in try ContentHash(parsing: text) },
            algorithm: try query.algorithm(), copies: try query.number("copies"),
            fileExtension: query["extension"] ?? "", mediaType: query["type"],
            length: body.declaredLength)
        let reply = try await prism.put(put, body: body.stream)
        return .json(reply, status: reply.isNew == true ? 201 : 200)
    }

    /// GET and HEAD of a content's bytes.
    func get(_ hash: ContentHash, _ request: HTTPRequest) async throws -> HTTPResponse {
        let delivery = try await prism.deliver(hash)
        let content = delivery.content
        return try await ByteReply(hash: hash, size: content.size, mediaType: content.mimeType)
            .answer(request) { try await delivery.bytes($0) }
    }

    /// POST `/v1/contents/exists`: many questions at once.
    func exists(_ body: RequestBody) async throws -> HTTPResponse {
        let question = try await json(ExistsRequest.self, body)
        return .json(try await prism.exists(question.hashes))
    }

    /// POST `/v1/stores/init`: makes a volume, for who may administer this machine.
    func initialiseStore(
        _ request: HTTPRequest, _ body: RequestBody
    ) async throws -> HTTPResponse {
        try access.checkLocal(request)
        let order = try await json(StoreInitRequest.self, body)
        let store = stores.first { store in
            order.store.map { $0 == store.settings.name } ?? true
                && store.settings.folder == order.folder
        }
        guard let store else {
            let whose = order.store.map { "store '\($0)'" } ?? "no store"
            throw SFSError(
                .configuration, "\(whose) of this sfsd has the volume '\(order.folder)'; "
                    + "configure it first, see sfsd.yaml(5)")
        }
        let volume = try await store.initialise()
        return .json(
            StoreInitReply(store: store.settings.name, folder: order.folder, volume: volume),
            status: 201)
    }

    private func json<Value: Decodable>(
        _ type: Value.Type, _ body: RequestBody
    ) async throws -> Value {
        let buffer = try await body.collect(upTo: jsonMaximum)
        return try JSON.decode(type, from: buffer.readableBytesView)
    }
}
