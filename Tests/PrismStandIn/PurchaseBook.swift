package import SFSCore
package import SFSWire
import Synchronization

/// The purchases of a stand-in, which sells every content there is or is not.
package final class PurchaseBook: Sendable {
    private struct State {
        var purchases: [String: PurchaseReply] = [:]
        var orders: [PurchaseOrder] = []
        var extensions: [ExtendOrder] = []
        var refused: Set<ContentHash> = []
        var knowsURL = true
    }

    /// A page is never longer, whatever is asked for.
    package static let pageLength = 3

    private let state = Mutex(State())

    /// All purchases that there are, by token.
    package var purchases: [PurchaseReply] {
        state.withLock { $0.purchases.values.sorted { $0.token.text < $1.token.text } }
    }

    /// Every order to sell one.
    package var orders: [PurchaseOrder] { state.withLock { $0.orders } }

    /// Every order to extend some.
    package var extensions: [ExtendOrder] { state.withLock { $0.extensions } }

    /// Sells none of `hash`.
    package func refuse(_ hash: ContentHash) {
        state.withLock { _ = $0.refused.insert(hash) }
    }

    /// Forgets where clients reach the prism.
    package func forgetURL() {
        state.withLock { $0.knowsURL = false }
    }

    /// Sells one for `account`.
    @discardableResult
    package func sell(
        _ order: PurchaseOrder, to account: String = "films"
    ) throws -> PurchaseReply {
        let purchase = Purchase(
            token: .random(zone: "a", day: 20_000), hash: order.hash,
            fileExtension: order.ext ?? "bin", name: order.name ?? "",
            referrers: try (order.referrer ?? []).map { try Referrer(parsing: $0) },
            networks: try (order.ip ?? []).map { try IPNetwork(parsing: $0) },
            lifeSeconds: order.life ?? 60, afterLifeSeconds: 60,
            created: Timestamp(milliseconds: 0),
            expires: Timestamp(milliseconds: 1000 * (order.life ?? 60)), account: account)
        return try state.withLock { state in
            state.orders.append(order)
            guard !state.refused.contains(order.hash) else {
                throw SFSError(.notFound, "'\(order.hash)' is not in the cluster")
            }
            let name = order.name ?? order.hash.hex
            let url = "https://prism.example/\(purchase.token)/\(name)"
            let reply = PurchaseReply(purchase, url: state.knowsURL ? url : nil)
            state.purchases[purchase.token.text] = reply
            return reply
        }
    }

    /// What `head` with `body` is answered with; `nil` when it is no route of this book.
    func answer(_ head: RawRequest, _ body: () throws -> [UInt8]) throws -> StandInAnswer? {
        switch (head.method, head.path) {
        case ("POST", Routes.purchases):
            return try .json(sell(try JSON.decode(PurchaseOrder.self, from: body())))
        case ("GET", Routes.purchases): return try .json(page(head))
        case ("POST", Routes.extendPurchases):
            let order = try JSON.decode(ExtendOrder.self, from: body())
            let found = meant(try order.purchases.selection())
            state.withLock { $0.extensions.append(order) }
            return try .json(CountReply(count: Int64(found.count)))
        case ("POST", Routes.revokePurchases):
            let order = try JSON.decode(RevokeOrder.self, from: body())
            let found = meant(try order.purchases.selection())
            state.withLock { state in
                for purchase in found { state.purchases[purchase.token.text] = nil }
            }
            return try .json(CountReply(count: Int64(found.count)))
        case ("GET", let path) where path.hasPrefix("/v1/known-purchases/"):
            let token = path.split(separator: "/").last.map(String.init) ?? ""
            guard let known = state.withLock({ $0.purchases[token] }) else {
                throw SFSError(.notFound, "there is no purchase '\(token)'")
            }
            return try .json(known)
        default: return nil
        }
    }

    private func page(_ head: RawRequest) throws -> PurchaseList {
        var message = PurchaseSelectionMessage(.all)
        message.all = head.query("all").map { $0 == "true" }
        message.token = head.query("token").flatMap { PurchaseToken(parsing: $0) }
        message.hash = try head.query("hash").map { try ContentHash(parsing: $0) }
        message.account = head.query("account")
        let after = head.query("after") ?? ""
        let rest = meant(try message.selection()).filter { $0.token.text > after }
        let length = min(head.query("limit").flatMap { Int($0) } ?? .max, Self.pageLength)
        let page = Array(rest.prefix(length))
        return PurchaseList(
            purchases: page, next: rest.count > page.count ? page.last?.token : nil)
    }

    private func meant(_ selection: PurchaseSelection) -> [PurchaseReply] {
        purchases.filter { purchase in
            switch selection {
            case .token(let token): purchase.token == token
            case .hash(let hash): purchase.hash == hash
            case .account(let account): purchase.account == account
            case .all: true
            }
        }
    }
}
