import SFSCore
import SFSWire

/// What is wrong with a cluster of which this is the status: one sentence per thing, for a person.
struct StatusProblems {
    let reply: StatusReply
    /// How many copies a new content gets.
    let copies: Int
    let isRebuilding: Bool

    /// All of them; none = it is healthy.
    var all: [String] { ofMembers + ofContents + ofWork }

    private var ofMembers: [String] {
        var problems = reply.prisms.filter { !$0.online }.map { "prism '\($0.name)' is offline" }
        for store in reply.stores where !store.online {
            let reason = store.problem ?? "no reason given"
            problems.append("store '\(store.name)' is offline: \(reason)\(consequence(of: store))")
        }
        let online = reply.stores.count(where: \.online)
        if online < copies {
            problems.append(
                "only \(online) of the \(copies) stores that a new content needs are online")
        }
        for store in reply.stores where store.online && store.votes > 0 {
            problems.append(
                "\(store.votes) members say that store '\(store.name)' is down, which answers here")
        }
        return problems
    }

    /// What it means for its contents that a store is offline.
    private func consequence(of store: StatusReply.Store) -> String {
        switch store.condition {
        case .lost where store.contents > 0:
            "; its \(store.contents) replicas count as lost, "
                + (reply.contentsAtRisk > 0
                    ? "repair is under way" : "all contents have their copies elsewhere")
        case .well, .away, .lost, .retired, nil: ""
        }
    }

    private var ofContents: [String] {
        var problems: [String] = []
        if reply.contentsAtRisk > 0 {
            problems.append(
                "\(reply.contentsAtRisk) contents have too few copies on stores that are online")
        }
        if reply.contentsOutOfReach > 0 {
            problems.append(
                "\(reply.contentsOutOfReach) contents have no copy on a store that is online")
        }
        if reply.damaged > 0 {
            problems.append("\(reply.damaged) contents are damaged: their last copy is bad")
        }
        return problems
    }

    private var ofWork: [String] {
        var problems: [String] = []
        if reply.tasks.failed > 0 {
            problems.append("\(reply.tasks.failed) tasks failed too often and are set aside")
        }
        if isRebuilding { problems.append("the catalog was lost and is being rebuilt") }
        for store in reply.stores where store.lastInventory?.state == .failed {
            problems.append("the last inventory of store '\(store.name)' failed")
        }
        for store in reply.stores where store.lastVerify?.state == .failed {
            problems.append("the last verify of store '\(store.name)' failed")
        }
        return problems
    }
}
