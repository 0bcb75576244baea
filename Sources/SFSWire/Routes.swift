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

    // What operators ask a prism.

    /// POST: `PlanOrder` to `PlanReply` (201); GET: `PlanList` (query: `state`, `limit`).
    package static let plans = "/v1/plans"
    /// GET: `TaskList` (query: `plan`, `store`, `state`, `after` (a number), `limit`).
    package static let tasks = "/v1/tasks"
    /// POST: `TaskOrder` to `CountReply`.
    package static let changeTasks = "/v1/tasks/change"
    /// POST: `PassOrder` to `PassList`; GET: `PassList` (query: `kind`).
    package static let passes = "/v1/passes"
    /// POST: `VerifyOrder` to `VerifyReply`.
    package static let verifyContents = "/v1/contents/verify"
    /// POST: `PruneOrder` to `PruneReply`.
    package static let prune = "/v1/prune"
    /// GET: `RulesList` (query: `after` (a hash), `limit`).
    package static let rules = "/v1/rules"
    /// GET: `MemberList`.
    package static let members = "/v1/members"
    /// POST: `AdoptOrder` to `AdoptReply`.
    package static let storeAdopt = "/v1/stores/adopt"
    /// GET: `AuditList` (query: `subject`, `actor`, `since`, `before` (a number), `limit`).
    package static let audit = "/v1/audit"
    /// GET: `DoctorReply`.
    package static let doctor = "/v1/doctor"
    /// GET: `CatalogReply`.
    package static let catalog = "/v1/catalog"
    /// GET: `DumpPage` (query: `after` (the `next` of the page before), `limit`).
    package static let catalogDump = "/v1/catalog/dump"
    /// POST, GET: `RebuildReply`; POST begins, or goes on with, what a dropped catalog needs.
    package static let catalogRebuild = "/v1/catalog/rebuild"

    /// GET: `PlanReply`.
    package static func plan(_ number: Int64) -> String { "\(plans)/\(number)" }
    /// GET: `PlanStepList` (query: `after` (a hash), `limit`).
    package static func planSteps(_ number: Int64) -> String { "\(plans)/\(number)/steps" }
    /// POST: `PlanReply`; applies the plan as it was shown, or refuses.
    package static func applyPlan(_ number: Int64) -> String { "\(plans)/\(number)/apply" }
    /// POST (query: none): `PlanReply`; `change` is `pause`, `resume` or `cancel`.
    package static func changePlan(_ number: Int64, _ change: TaskChange) -> String {
        "\(plans)/\(number)/\(change.rawValue)"
    }
    /// GET: `TaskReply`.
    package static func task(_ number: Int64) -> String { "\(tasks)/\(number)" }
    /// POST: `PassReply`; `change` is `pause`, `resume` or `cancel`.
    package static func changePass(
        _ kind: PassKind, _ store: MemberName, _ change: TaskChange
    ) -> String {
        "\(passes)/\(kind.rawValue)/\(store)/\(change.rawValue)"
    }
    /// GET, PUT: `RulesMessage`; DELETE, answered with 204.
    package static func rules(_ hash: ContentHash) -> String { "\(rules)/\(hash)" }
    /// DELETE, answered with 204: a prism that is gone for good.
    package static func member(_ name: MemberName) -> String { "\(members)/\(name)" }
    /// POST: `RolesOrder` to `MemberReply`.
    package static func roles(_ name: MemberName) -> String { "\(members)/\(name)/roles" }
    /// POST: `MemberReply`; the store takes again, and its drain plan is cancelled.
    package static func undrain(_ store: MemberName) -> String { "/v1/stores/\(store)/undrain" }
    /// POST: `MemberReply`; refused while a content needs it.
    package static func retire(_ store: MemberName) -> String { "/v1/stores/\(store)/retire" }
    /// GET: `CanReply`; a yes holds for a quarter of an hour.
    package static func can(_ purpose: StorePurpose, _ store: MemberName) -> String {
        "/v1/stores/\(store)/can/\(purpose.rawValue)"
    }

    // A store's.

    /// POST: `StorePruneOrder` to `PruneReply`.
    package static let storePrune = "/v1/store/prune"
    /// POST: `VerifiedReplica`; reads all bytes of the replica, unless it did so lately.
    package static func proveReplica(_ hash: ContentHash) -> String {
        "/v1/replicas/\(hash)/prove"
    }

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
