import NIOCore
import SFSCore
import SFSHTTP
import SFSPrism
import SFSWire

/// How a prism hands contents to viewers (protocol.md 2.1.1 and 2.1.2).
struct PlayRoutes: Sendable {
    let prism: Prism

    /// Those that come before all others of two segments, and the one that comes after them.
    var routes: [Route] {
        [
            Route("GET", "/static/{hash}/{file}", .open, .content, isShared: true) {
                try await giveStatic($0)
            },
            Route("GET", "/content/speedtest", .open, .plain, isShared: true) {
                try await testSpeed($0)
            },
            Route("POST", "/content/download", .role(.read), .content) { try await download($0) },
            Route("GET", "/{token}/{file}", .open, .plain, isShared: true) { try await play($0) },
        ]
    }

    private func play(_ call: RouteCall) async throws -> HTTPResponse {
        let unknown = Refused(404, ["error": "Purchase not found"], .notFound, "no such purchase")
        guard let token = PurchaseToken(parsing: call.parameter("token")) else { throw unknown }
        do {
            let viewer = try call.viewer(prism.settings.delivery.trustedProxies)
            let handover = try await prism.play(token, try call.playPath(), to: viewer)
            return try await answer(handover, call, purchase: token)
        } catch let error as SFSError where error.code == .notFound {
            throw unknown
        } catch let error as SFSError where error.code == .denied {
            throw Refused(500, ["error": .string(error.message)], .denied, error.message)
        }
    }

    private func giveStatic(_ call: RouteCall) async throws -> HTTPResponse {
        do {
            let viewer = try call.viewer(prism.settings.delivery.trustedProxies)
            let handover = try await prism.giveStatic(
                try call.hash(), try call.playPath(), to: viewer)
            return try await answer(handover, call, purchase: nil)
        } catch let error as SFSError where [.notFound, .invalidHash].contains(error.code) {
            throw refused(404, "Content does not exist", error)
        } catch let error as SFSError where error.code == .usage {
            throw refused(500, error.message, error)
        }
    }

    private func download(_ call: RouteCall) async throws -> HTTPResponse {
        let text = try await call.value().hashField?.string ?? ""
        do {
            let hash = try ContentHash(parsing: text)
            let delivery = try await prism.deliver(hash)
            return try await send(
                delivery, call, purchase: nil, key: nil, .privately(seconds: 0))
        } catch let error as SFSError where [.notFound, .invalidHash].contains(error.code) {
            throw refused(404, "No store candidates found", error)
        }
    }

    private func testSpeed(_ call: RouteCall) async throws -> HTTPResponse {
        let size = try call.request.queryValue("size") ?? "1m"
        let viewer = try call.viewer(prism.settings.delivery.trustedProxies)
        do {
            return redirect(to: try prism.speedTestURL(size: size, to: viewer))
        } catch {
            throw Refused(
                500,
                [
                    "status": "error", "message": .string(error.message),
                    "error": .string(error.message),
                ], error.code, error.message)
        }
    }

    private func answer(
        _ handover: Handover, _ call: RouteCall, purchase: PurchaseToken?
    ) async throws -> HTTPResponse {
        switch handover {
        case .redirect(let url): redirect(to: url)
        case .bytes(let delivery, let key, let secondsLeft):
            try await send(
                delivery, call, purchase: purchase, key: key,
                secondsLeft.map { .privately(seconds: $0) } ?? .everywhere)
        }
    }

    private func send(
        _ delivery: Delivery, _ call: RouteCall, purchase: PurchaseToken?, key: ViewerKey?,
        _ caching: ByteReply.Caching
    ) async throws -> HTTPResponse {
        let content = delivery.content
        var response = try await ByteReply(
            hash: content.hash, size: content.size, mediaType: content.mimeType,
            created: content.createdAt, caching: caching
        ).answer(call.request) { try await delivery.bytes($0) }
        if response.status < 300, call.request.method != "HEAD" {
            response.whenEnded = { delivery.count(bytes: $0, purchase: purchase, viewer: key) }
        }
        return response
    }

    private func redirect(to url: String) -> HTTPResponse {
        HTTPResponse(
            status: 302,
            headers: [
                "Location": url, "Vary": "Accept, Host", "Cache-Control": "no-store",
                "Content-Type": "text/plain; charset=utf-8",
            ], body: .bytes(ByteBuffer(string: "Found. Redirecting to \(url)")))
    }

    private func refused(_ status: Int, _ text: String, _ error: SFSError) -> Refused {
        Refused(content: status, ["error": .string(text)], error.code, text)
    }
}
