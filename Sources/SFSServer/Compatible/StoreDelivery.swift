import SFSCore
import SFSHTTP
import SFSStore
import SFSWire

/// How a store sends bytes to viewers (protocol.md 2.4 and 2.5).
struct StoreDelivery: Sendable {
    let store: Store

    var routes: [Route] {
        [
            Route("GET", "/static/{hash}/{file}", .open, .plain, isShared: true) { call in
                try await call.inText {
                    try await send(try call.hash(), to: call, caching: .everywhere)
                }
            },
            Route("GET", "/play/{token}/{file}", .open, .plain, isShared: true) { call in
                try await call.inText { try await play(call) }
            },
            // For a web server that sends the files itself, and asks here where they are.
            Route("GET", "/purchase/uri/play/{token}/{file}", .open, .plain) { try await uri($0) },
            Route("POST", "/content/download", .account, .plain) { call in
                let name = try await call.value().storedName("hash")
                return try await send(name.hash, to: call, caching: .privately(seconds: 0))
            },
        ]
    }

    private func play(_ call: RouteCall) async throws -> HTTPResponse {
        let play = try await admit(call)
        return try await send(
            play.hash, to: call, caching: .privately(seconds: play.secondsLeft),
            purchase: play.token)
    }

    /// Where the content of a purchase lies below the volume; every refusal is `/404`.
    private func uri(_ call: RouteCall) async throws -> HTTPResponse {
        do {
            let play = try await admit(call)
            _ = try await store.findExpected(play.hash)
            return .line("/../content/\(play.hash.relativePath)")
        } catch let error as SFSError where error.code == .notFound {
            return .line("/404", status: 404)
        } catch let error as SFSError {
            throw Refused(response: .line("/500", status: error.code.httpStatus), cause: error)
        }
    }

    private func admit(_ call: RouteCall) async throws -> Play {
        guard let token = PurchaseToken(parsing: call.parameter("token")) else {
            throw SFSError(.notFound, "there is no such purchase")
        }
        let grant = try call.request.queryValue("grant")
        return try await store.play(
            token: token, grant: grant, referer: call.request.headers.first("Referer"),
            address: call.viewerAddress)
    }

    private func send(
        _ hash: ContentHash, to call: RouteCall, caching: ByteReply.Caching,
        purchase: PurchaseToken? = nil
    ) async throws -> HTTPResponse {
        guard let facts = try await store.findForViewer(hash) else {
            throw SFSError(.notFound, "'\(hash)' is not here")
        }
        var response = try await ByteReply(
            hash: hash, size: facts.size,
            mediaType: facts.attributes?.mediaType ?? MediaType.unknown,
            created: facts.attributes?.created, caching: caching
        ).answer(call.request) { [store] in try await store.readForViewer(hash, offsets: $0) }
        if response.status < 300, call.request.method != "HEAD" {
            let address = call.viewerAddress
            let agent = call.request.headers.first("User-Agent") ?? ""
            response.whenEnded = { [store] bytes in
                store.count(bytes, of: hash, for: purchase, address: address, agent: agent)
            }
        }
        return response
    }
}
