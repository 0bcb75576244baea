import SFSCatalog
import SFSCore
import SFSWire

/// What has to happen next so that a catalog that was lost is whole again.
///
/// What was deleted must be known everywhere before the first file is adopted, or an old disk would
/// bring it back. So every store first tells its tombstones, and then what it holds. All of the
/// state is in the passes of the catalog: any prism can go on where another stopped.
enum RebuildPhase: Equatable {
    /// These stores have to be asked for their tombstones.
    case askTombstones([StoreNumber])
    /// These have told theirs, as all others have, and are to tell what they hold.
    case askContents([StoreNumber])
    /// Nothing to do but to wait for passes that are under way.
    case wait
    /// A pass of these failed or is paused: somebody has to see to it.
    case stuck([StoreNumber])
    case done

    /// The next step for `stores`, given the last inventory of each.
    ///
    /// `retriesFailed` = somebody asked for the rebuild again: what failed is tried once more.
    static func next(
        _ stores: [StoreNumber], _ passes: [StoreNumber: PassRecord], retriesFailed: Bool
    ) throws(SFSError) -> RebuildPhase {
        guard !stores.isEmpty else { return .wait }
        var states: [StoreNumber: Step] = [:]
        for store in stores { states[store] = try Step(passes[store]) }
        func those(_ steps: Set<Step>) -> [StoreNumber] {
            stores.filter { states[$0].map(steps.contains) ?? false }
        }
        let unasked = those(retriesFailed ? [.none, .tombstonesFailed] : [.none])
        if !unasked.isEmpty { return .askTombstones(unasked) }
        if !those([.tombstonesFailed]).isEmpty { return .stuck(those([.tombstonesFailed])) }
        if !those([.tombstonesUnderWay]).isEmpty { return .wait }
        let told = those(retriesFailed ? [.tombstonesTold, .contentsFailed] : [.tombstonesTold])
        if !told.isEmpty { return .askContents(told) }
        if !those([.contentsUnderWay]).isEmpty { return .wait }
        let failed = those([.contentsFailed])
        return failed.isEmpty ? .done : .stuck(failed)
    }

    /// How far one store is.
    private enum Step {
        case none
        case tombstonesUnderWay
        case tombstonesFailed
        case tombstonesTold
        case contentsUnderWay
        case contentsFailed
        case contentsTold

        init(_ pass: PassRecord?) throws(SFSError) {
            guard let pass else {
                self = .none
                return
            }
            let options = try JSON.decode(PassOptions.self, from: pass.orders.utf8)
            guard options.rebuilds else {
                // An ordinary one: nothing of the rebuild has begun here.
                self = .none
                return
            }
            let isFirst = options.tombstonesOnly
            switch pass.state {
            case .waiting, .running: self = isFirst ? .tombstonesUnderWay : .contentsUnderWay
            case .paused, .failed: self = isFirst ? .tombstonesFailed : .contentsFailed
            case .done: self = isFirst ? .tombstonesTold : .contentsTold
            }
        }
    }
}
