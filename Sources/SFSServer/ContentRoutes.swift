import NIOCore
import SFSCore
import SFSHTTP
import SFSPrism
import SFSWire

/// Contents on a prism, natively.
struct ContentRoutes: Sendable {
    let prism: Prism

    /// POST `/v1/contents`: takes a content in; 201 when it is new, else 200.
    func put(_ call: RouteCall) async throws -> HTTPResponse {
        let query = try Query(
            call.request, allowed: ["algorithm", "hash", "copies", "extension", "type"])
        let put = try PutRequest(
            declared: try query["hash"].map { text in try ContentHash(parsing: text) },
            algorithm: try query.algorithm(), copies: try query.number("copies"),
            fileExtension: query["extension"] ?? "", mediaType: query["type"],
            length: call.body.declaredLength)
        let reply = try await prism.put(
            put, body: try call.upload(upTo: prism.settings.uploadBytesMaximum))
        return .json(reply, status: reply.isNew == true ? 201 : 200)
    }

    /// GET and HEAD of a content's bytes.
    func get(_ call: RouteCall) async throws -> HTTPResponse {
        let hash = try call.hash()
        do {
            let delivery = try await prism.deliver(hash)
            let content = delivery.content
            return try await ByteReply(
                hash: hash, size: content.size, mediaType: content.mimeType,
                created: content.createdAt
            ).answer(call.request) { try await delivery.bytes($0) }
        } catch let error as SFSError where error.code == .corrupt {
            // The stores are at fault, not this prism (promises.md "Verify").
            throw Refused(response: .json(ErrorMessage(error), status: 502), cause: error)
        }
    }

    /// POST `/v1/contents/exists`: many questions at once.
    func exists(_ call: RouteCall) async throws -> HTTPResponse {
        let question = try await call.json(ExistsRequest.self) { ExistsRequest(scanning: $0) }
        let reply = try await prism.exists(question.hashes)
        return .json(text: reply.text)
    }
}
