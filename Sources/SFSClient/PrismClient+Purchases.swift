package import SFSCore
package import SFSWire

extension PrismClient {
    /// Buys the right to read a content for a time.
    ///
    /// - Throws: `SFSError` with code `.notFound` when the cluster does not have the content.
    package func purchase(_ order: PurchaseOrder) async throws -> PurchaseReply {
        let request = try HTTPRequestParts(.post, Routes.purchases).with(json: order)
        return try await transport.send(request, for: PurchaseReply.self)
    }

    /// One page of the purchases that are meant: those that come after `after`, at most `limit`.
    ///
    /// `nil` = from the first, and as many as the prism likes to send at once.
    package func purchases(
        _ selection: PurchaseSelection, after: PurchaseToken? = nil, limit: Int? = nil
    ) async throws -> PurchaseList {
        let request = HTTPRequestParts(
            .get, Routes.purchases,
            query: [selection.queryItem, ("after", after?.text), ("limit", limit.map(String.init))])
        let page = try await transport.send(request, for: PurchaseList.self)
        // One that never comes to its end would be read for ever.
        if let after, page.next == after {
            throw transport.failure.senseless("the same page of purchases again")
        }
        return page
    }

    /// Lets purchases live for `life` seconds from now; how many.
    package func extendPurchases(
        _ selection: PurchaseSelection, life: Int64
    ) async throws -> Int64 {
        let order = ExtendOrder(purchases: PurchaseSelectionMessage(selection), life: life)
        let request = try HTTPRequestParts(.post, Routes.extendPurchases).with(json: order)
        return try await transport.send(request, for: CountReply.self).count
    }

    /// Ends purchases at once; how many.
    package func revokePurchases(_ selection: PurchaseSelection) async throws -> Int64 {
        let order = RevokeOrder(purchases: PurchaseSelectionMessage(selection))
        let request = try HTTPRequestParts(.post, Routes.revokePurchases).with(json: order)
        return try await transport.send(request, for: CountReply.self).count
    }

    /// What the prism knows of a purchase without asking the catalog; `nil` when it knows nothing.
    package func knownPurchase(_ token: PurchaseToken) async throws -> PurchaseReply? {
        do {
            return try await transport.send(
                HTTPRequestParts(.get, Routes.knownPurchase(token)), for: PurchaseReply.self)
        } catch let error as SFSError where error.code == .notFound {
            return nil
        }
    }
}

extension PurchaseSelection {
    fileprivate var queryItem: (name: String, value: String?) {
        switch self {
        case .token(let token): ("token", token.text)
        case .hash(let hash): ("hash", hash.hex)
        case .account(let account): ("account", account)
        case .all: ("all", "true")
        }
    }
}
