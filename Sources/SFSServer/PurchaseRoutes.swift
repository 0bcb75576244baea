import SFSCore
import SFSHTTP
import SFSPrism
import SFSWire

/// Purchases, natively.
///
/// An account sees and changes its own; who administers the cluster those of all.
struct PurchaseRoutes: Sendable {
    let prism: Prism

    var routes: [Route] {
        [
            Route("POST", Routes.purchases, .role(.create), isQuick: true) { call in
                let order = try await call.json(PurchaseOrder.self) { PurchaseOrder(scanning: $0) }
                let purchase = try await prism.sell(order, to: call.caller.account)
                return .json(text: purchase.text, status: 201)
            },
            Route("GET", Routes.purchases, .role(.read)) { try await list($0) },
            Route("POST", Routes.extendPurchases, .role(.update)) { call in
                let order = try await call.json(ExtendOrder.self)
                return .json(
                    try await prism.extend(
                        try order.purchases.selection(), lifeSeconds: order.life,
                        owner: call.caller.owner, actor: call.caller.name))
            },
            Route("POST", Routes.revokePurchases, .role(.delete)) { call in
                let order = try await call.json(RevokeOrder.self)
                return .json(
                    try await prism.revoke(
                        try order.purchases.selection(), owner: call.caller.owner,
                        actor: call.caller.name))
            },
            Route("POST", Routes.readFeed, .members) { _ in
                await prism.readFeed()
                return HTTPResponse(status: 204)
            },
            Route("GET", "/v1/known-purchases/{token}", .members) { call in
                let purchase = try prism.rememberedPurchase(
                    try Self.token(call.parameter("token")))
                return .json(PurchaseReply(purchase, url: nil))
            },
        ]
    }

    private func list(_ call: RouteCall) async throws -> HTTPResponse {
        let query = try Query(
            call.request, allowed: ["token", "hash", "account", "all", "after", "limit"])
        var message = PurchaseSelectionMessage(.all)
        message.all = query["all"].map { $0 == "true" }
        message.token = try query["token"].map { text in try Self.token(text) }
        message.hash = try query["hash"].map { text in try ContentHash(parsing: text) }
        message.account = try query["account"].map { text in try AccountName(parsing: text).text }
        return .json(
            try await prism.purchases(
                try message.selection(), owner: call.caller.owner,
                after: try query["after"].map { text in try Self.token(text) },
                limit: try query.number("limit") ?? Prism.purchasesPerPageMaximum))
    }

    private static func token(_ text: String) throws(SFSError) -> PurchaseToken {
        guard let token = PurchaseToken(parsing: text) else {
            throw SFSError(.usage, "a purchase's token has \(PurchaseToken.length) characters")
        }
        return token
    }
}
