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
        let question = try await body.json(ExistsRequest.self, upTo: jsonMaximum)
        return .json(try await prism.exists(question.hashes))
    }
}
