import SFSCatalog
import SFSCore
import SFSWire

extension Engine {
    /// Says how long `made` should take: at the rate of the last plan that moved enough to tell, at
    /// most what `bandwidth` allows each store that takes; nothing while no rate is known.
    func estimate(_ made: inout MadePlan, bandwidth: Int64?) async throws {
        guard made.summary.bytes > 0 else { return }
        let takers = Int64(made.summary.stores.count { $0.copiesAdded > 0 })
        let allowed = bandwidth.map { $0.multipliedReportingOverflow(by: max(1, takers)) }
        let limit = allowed.map { $0.overflow ? Int64.max : $0.partialValue }
        let measured = try await measuredRate()
        guard let rate = [limit, measured].compactMap({ $0 }).min(), rate > 0 else { return }
        made.summary.bytesPerSecond = rate
        made.summary.seconds = (made.summary.bytes + rate - 1) / rate
    }

    /// Bytes a second that the last fitting plan moved; `nil` = there was none.
    private func measuredRate() async throws -> Int64? {
        for plan in try await catalog.plans(state: .done, limit: Self.plansLookedAt) {
            guard let applied = plan.applied, let ended = plan.ended,
                plan.bytesDone >= Self.bytesMinimum
            else { continue }
            let milliseconds = ended.milliseconds - applied.milliseconds
            guard milliseconds >= Self.millisecondsMinimum else { continue }
            return Int64(Double(plan.bytesDone) * 1000 / Double(milliseconds))
        }
        return nil
    }

    private static let plansLookedAt = 50
    /// What is smaller or shorter says nothing about rates.
    private static let bytesMinimum: Int64 = 1 << 20
    private static let millisecondsMinimum: Int64 = 1000
}
