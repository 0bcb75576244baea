import SFSCore
import SFSHTTP
import SFSPrism
import SFSWire

/// Purchases as clients of the original make them (protocol.md 2.2).
struct PurchaseCompatibleRoutes: Sendable {
    let prism: Prism

    var routes: [Route] {
        [
            Route("POST", "/content/purchase", .role(.create), .content) { try await sell($0) },
            Route("POST", "/content/purchase/detail", .role(.read), .content) {
                try await detail($0)
            },
            Route("POST", "/content/purchase/remove", .role(.delete), .content) {
                try await remove($0)
            },
        ]
    }

    private func sell(_ call: RouteCall) async throws -> HTTPResponse {
        let order = try await call.value()
        // The original's words, whatever is wrong with it.
        guard let text = order.hashField?.string, let hash = try? ContentHash(parsing: text) else {
            throw Self.failure(500, "Invalid HASH passed for purchase", .usage)
        }
        if let life = order["life"], life.wholeNumber == nil {
            throw Self.failure(500, "Invalid life passed for purchase", .usage)
        }
        if let ext = order["ext"], ext.string == nil {
            throw Self.failure(500, "Invalid ext passed for purchase", .usage)
        }
        let purchase = PurchaseOrder(
            hash: hash, ext: order["ext"]?.string.map { String($0.drop { $0 == "." }) },
            referrer: try list(order["referrer"], "referrer") ?? prism.settings.purchases.referrers,
            ip: try list(order["ip"], "ip"), life: order["life"]?.wholeNumber)
        do {
            return .json(try await prism.sell(purchase, to: call.caller.account))
        } catch let error as SFSError where error.code == .notFound {
            throw Self.failure(404, "File not found", .notFound)
        } catch let error as SFSError where error.code == .usage {
            throw Self.failure(500, error.message, .usage)
        }
    }

    private func detail(_ call: RouteCall) async throws -> HTTPResponse {
        do {
            return .json(try await prism.purchase(try await token(call), owner: call.caller.owner))
        } catch let error as SFSError where error.code == .notFound {
            throw Self.unknown
        }
    }

    private func remove(_ call: RouteCall) async throws -> HTTPResponse {
        let token = try await token(call)
        let revoked = try await prism.revoke(
            .token(token), owner: call.caller.owner, actor: call.caller.name)
        guard revoked.count > 0 else { throw Self.unknown }
        return .value([
            "token": .string(token.text), "count": .integer(revoked.count),
            "success": "Purchase removed",
        ])
    }

    private func token(_ call: RouteCall) async throws -> PurchaseToken {
        let text = try await call.value()["token"]?.string ?? ""
        guard let token = PurchaseToken(parsing: text) else { throw Self.unknown }
        return token
    }

    /// Texts joined by commas, one text, or a list of texts; `nil` when there is nothing.
    private func list(_ value: JSONValue?, _ name: String) throws -> [String]? {
        guard let value else { return nil }
        guard let texts = value.strings else {
            throw Self.failure(500, "Invalid \(name) passed for purchase", .usage)
        }
        return texts.flatMap { $0.split(separator: ",") }.map(Self.trimmed).filter { !$0.isEmpty }
    }

    /// `text` without the spaces around it.
    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop { $0 == " " }
        guard let last = start.lastIndex(where: { $0 != " " }) else { return "" }
        return String(start[...last])
    }

    private static var unknown: Refused {
        failure(404, "Purchase not found", .notFound)
    }

    private static func failure(_ status: Int, _ message: String, _ code: ErrorCode) -> Refused {
        let error: JSONValue = [
            "message": .string(message), "name": .string(ErrorStyle.reason(status)),
        ]
        return Refused(
            content: status, ["error": error, "message": .string(message)], code, message)
    }
}
