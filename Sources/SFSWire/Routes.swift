package import SFSCore

/// The paths of the native API, written once for server and client.
package enum Routes {
    /// GET: 200 when the process answers at all.
    package static let health = "/healthz"
    /// GET: 200 when the member can do its work, else 503.
    package static let readiness = "/readyz"

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

    // A store's.

    /// GET: `StoreHealth`.
    package static let storeHealth = "/v1/store/health"

    /// PUT: receives bytes (query: `algorithm`); DELETE: discards them.
    package static func upload(_ upload: UploadID) -> String { "/v1/spool/\(upload)" }
    /// POST: makes received bytes a content.
    package static func commit(_ upload: UploadID) -> String { "/v1/spool/\(upload)/commit" }
    /// GET, HEAD: the bytes of a replica.
    package static func replica(_ hash: ContentHash) -> String { "/v1/replicas/\(hash)" }
    /// GET: `ReplicaFacts`.
    package static func replicaFacts(_ hash: ContentHash) -> String {
        "/v1/replicas/\(hash)/facts"
    }
}
