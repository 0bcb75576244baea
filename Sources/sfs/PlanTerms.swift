import SFSWire

/// How a plan is made and carried out; the default is to keep it, without limits of its own.
struct PlanTerms: Sendable, Hashable {
    /// Only try it: the plan is not kept.
    var dryRun = false
    /// Bytes a second at each store; `nil` = as the store is configured.
    var bandwidth: Int64?
    /// Tasks at once at each store; `nil` = as the store is configured.
    var concurrency: Int?
    /// For the audit.
    var reason: String?
    /// Do not wait until it is done.
    var isDetached = false

    /// `order` on these terms.
    func applied(to order: PlanOrder) -> PlanOrder {
        var order = order
        order.dryRun = dryRun
        order.bandwidth = bandwidth
        order.concurrency = concurrency
        order.reason = reason
        return order
    }
}
