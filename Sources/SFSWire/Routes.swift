package import SFSCore

/// The paths of the native API, written once for server and client.
package enum Routes {
    /// GET: 200 when the process answers at all.
    package static let health = "/healthz"
    /// GET: 200 when the member can do its work, else 503.
    package static let readiness = "/readyz"
    /// GET: what a member answers, as an OpenAPI 3.1 document.
    package static let openAPI = "/openapi.json"

    // A prism's.

    /// GET: `StatusReply`.
    package static let status = "/v1/status"
    /// POST: takes a content in.
    ///
    /// Query: `algorithm`, `hash`, `copies`, `extension`, `type`.
    package static let contents = "/v1/contents"
    /// POST: `ExistsRequest` to `ExistsReply`.
    package static let exists = "/v1/contents/exists"
    /// POST: `StoreInitRequest` to `StoreInitReply`.
    package static let storeInit = "/v1/stores/init"

    /// GET, HEAD: the bytes.
    package static func content(_ hash: ContentHash) -> String { "/v1/contents/\(hash)" }
    /// GET: size, type and where.
    package static func detail(_ hash: ContentHash) -> String { "/v1/contents/\(hash)/detail" }
    /// POST: makes missing replicas from those that are there.
    ///
    /// Query: `copies`.
    package static func topUp(_ hash: ContentHash) -> String { "/v1/contents/\(hash)/replicas" }

    /// GET: `AccountList`; POST: `AccountOrder` to `AccountReply`.
    package static let accounts = "/v1/accounts"
    /// POST: `LoginOrder` to `LoginReply`, for everyone; GET: `SessionList` (query: `account`);
    /// DELETE (query: `account`): `CountReply`.
    package static let sessions = "/v1/sessions"
    /// POST: `PurchaseOrder` to `PurchaseReply`; GET: `PurchaseList`.
    ///
    /// Query of GET: one of `token`, `hash`, `account`, `all=true`; `after` (a token), `limit`.
    package static let purchases = "/v1/purchases"
    /// POST: `ExtendOrder` to `CountReply`.
    package static let extendPurchases = "/v1/purchases/extend"
    /// POST: `RevokeOrder` to `CountReply`.
    package static let revokePurchases = "/v1/purchases/revoke"

    /// DELETE: the account goes, and its sessions.
    package static func account(_ name: AccountName) -> String { "\(accounts)/\(name)" }
    /// POST: `PasswordOrder`, answered with 204.
    package static func password(_ name: AccountName) -> String { "\(accounts)/\(name)/password" }
    /// POST, answered with 204: it may log in.
    package static func enable(_ name: AccountName) -> String { "\(accounts)/\(name)/enable" }
    /// POST, answered with 204: it may not log in, and its sessions are of no use.
    package static func disable(_ name: AccountName) -> String { "\(accounts)/\(name)/disable" }
    /// DELETE: ends one session; 204, or 404.
    package static func session(_ id: Int64) -> String { "\(sessions)/\(id)" }
    /// POST, for members, answered with 204: reads the change feed now.
    package static let readFeed = "/v1/feed/read"
    /// GET: `PurchaseReply`, for members: what this prism knows without the catalog.
    package static func knownPurchase(_ token: PurchaseToken) -> String {
        "/v1/known-purchases/\(token)"
    }

    // A store's.

    /// GET: `StoreHealth`.
    package static let storeHealth = "/v1/store/health"

    /// PUT: receives bytes (query: `algorithm`); DELETE: discards them.
    package static func upload(_ upload: UploadID) -> String { "/v1/spool/\(upload)" }
    /// POST: makes received bytes a content.
    package static func commit(_ upload: UploadID) -> String { "/v1/spool/\(upload)/commit" }
    /// GET, HEAD: the bytes of a replica.
    package static func replica(_ hash: ContentHash) -> String { "/v1/replicas/\(hash)" }
    /// POST: `VerifiedReplica`; reads all bytes of the replica again.
    package static func verifyReplica(_ hash: ContentHash) -> String {
        "/v1/replicas/\(hash)/verify"
    }
    /// GET: `ReplicaFacts`.
    package static func replicaFacts(_ hash: ContentHash) -> String {
        "/v1/replicas/\(hash)/facts"
    }
}
