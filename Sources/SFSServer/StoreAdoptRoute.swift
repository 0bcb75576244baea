import SFSCore
import SFSHTTP
import SFSStore
import SFSWire

/// POST `/v1/stores/adopt`: takes over a volume that is there, for who may administer this machine.
///
/// On the Unix sockets of prisms and of stores, as `StoreInitRoute`.
struct StoreAdoptRoute {
    /// The stores that may be meant.
    let stores: [Store]
    let access: Access

    func answer(_ call: RouteCall) async throws -> HTTPResponse {
        try access.checkLocal(call.request)
        let order = try await call.json(AdoptOrder.self)
        let store = stores.first { store in
            order.store.map { $0 == store.settings.name } ?? true
                && store.settings.folder == order.folder
        }
        guard let store else {
            let whose = order.store.map { "store '\($0)'" } ?? "no store"
            throw SFSError(
                .configuration,
                "\(whose) here has the volume '\(order.folder)'; configure it, see sfsd.yaml(5)")
        }
        return .json(
            try await store.adopt(takesOver: order.takesOver, actor: call.caller.name),
            status: 201)
    }
}
