import SFSCore
import SFSHTTP
import SFSStore
import SFSWire

/// Replicas coming and going, as programs of the original order it (protocol.md 2.4).
struct StoreTransferRoutes: Sendable {
    let store: Store

    var routes: [Route] {
        [
            Route("PUT", "/content/put/{name}", .account, .plain) { try await put($0) },
            Route("POST", "/content/remove", .account, .plain) { try await remove($0) },
            Route("POST", "/content/send", .account, .plain) { try await send($0) },
        ]
    }

    private func put(_ call: RouteCall) async throws -> HTTPResponse {
        let name = try StoredName(parsing: call.parameter("name"))
        do {
            try await store.put(
                name.hash, fileExtension: name.fileExtension, length: call.body.declaredLength,
                body: call.body.stream)
        } catch let error as SFSError where error.code == .hashMismatch {
            throw Refused(500, ["error": "Checksum mismatch"], .hashMismatch, error.message)
        }
        return .value(["hash": .string(name.hash.hex)], status: 201)
    }

    private func remove(_ call: RouteCall) async throws -> HTTPResponse {
        let hash = try await call.value().storedName("hash").hash
        try await store.remove(hash, actor: "\(call.caller.name) at store \(store.settings.name)")
        return .value(["success": "File removed"])
    }

    private func send(_ call: RouteCall) async throws -> HTTPResponse {
        let order = try await call.value()
        let hash = try order.storedName("file").hash
        guard let facts = try await store.find(hash) else {
            throw Self.failure(
                order, "File not found", SFSError(.notFound, "'\(hash)' is not here"))
        }
        do {
            let sent = try await store.send(hash, to: try Self.member(order["store"]))
            return .value([
                "success": "Clone sent", "file": order["file"] ?? .null,
                "store": ["name": .string(sent.store.text), "type": "store"],
                "fileDetail": store.fileDetail(hash, facts),
            ])
        } catch let error as SFSError {
            throw Self.failure(order, Self.reason(error), error)
        }
    }

    /// Programs of the original look at the field `error` and not at the status.
    private static func failure(
        _ order: JSONValue, _ reason: String, _ cause: SFSError
    ) -> Refused {
        Refused(
            200,
            [
                "error": .string("Failed to send clone: \(reason)"), "message": .string(reason),
                "file": order["file"] ?? .null, "store": order["store"] ?? .null,
            ], cause.code, cause.message)
    }

    /// - Throws: `SFSError` with code `.notFound`: what is no name is nobody's.
    private static func member(_ value: JSONValue?) throws(SFSError) -> MemberName {
        guard let text = value?.string, let name = try? MemberName(parsing: text) else {
            throw SFSError(.notFound, "a store with such a name is not known here")
        }
        return name
    }

    /// What a caller may know of a failure: nothing of disks, addresses and bugs.
    private static func reason(_ error: SFSError) -> String {
        switch error.code {
        case .notFound: "Store not found"
        case .corrupt: "the file here is damaged"
        case .conflict, .noSpace: error.message
        default: "the store could not take it"
        }
    }
}
