import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs status`: members, fill, contents at risk; the exit status is the cluster's health.
struct Status: Verb {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show the state of the cluster.",
        discussion: "Exits with 0 when all is well and with 1 when something is wrong.")

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        let status = try await session.prism.status()
        if session.output.isJSON {
            try session.output.json(status)
        } else {
            for line in Self.lines(for: status) { try session.output.line(line) }
        }
        return status.problems.isEmpty ? .yes : .no
    }

    /// The report for a person.
    static func lines(for status: StatusReply) -> [String] {
        let health = status.problems.isEmpty ? "healthy" : "not healthy"
        let prisms = status.prisms.map { prism in
            [prism.name.text, prism.zone.text, state(prism.online), prism.url ?? "-"]
        }
        let stores = status.stores.map { store in
            [
                store.name.text, store.zone.text, store.host.text, state(store.online),
                fill(store), size(store.freeBytes), size(store.totalBytes), roles(store),
            ]
        }
        let contents = [
            ["contents", "\(status.contents), \(size(status.bytes))"],
            ["at risk", "\(status.contentsAtRisk)"],
            ["out of reach", "\(status.contentsOutOfReach)"],
        ]
        var lines = ["cluster '\(status.cluster)' is \(health) (sfsd \(status.version))"]
        lines += status.problems.map { "  ! \(Printable.line($0))" }
        lines += [""] + Table.lines(contents)
        lines += [""] + Table.lines([["PRISM", "ZONE", "STATE", "URL"]] + prisms)
        let heading = ["STORE", "ZONE", "HOST", "STATE", "FILL", "FREE", "TOTAL", "ROLES"]
        lines += [""] + Table.lines([heading] + stores)
        return lines
    }

    /// How a member that is up or down is called.
    static func state(_ isOnline: Bool) -> String { isOnline ? "online" : "OFFLINE" }

    private static func size(_ bytes: Int64) -> String { ByteCount(max(0, bytes)).description }

    private static func fill(_ store: StatusReply.Store) -> String {
        guard store.totalBytes > 0 else { return "-" }
        let used = Double(store.totalBytes - store.freeBytes) / Double(store.totalBytes)
        return "\(Int((used * 100).rounded()))%"
    }

    private static func roles(_ store: StatusReply.Store) -> String {
        let administrative = store.roles.filter { $0 != .online }
        return administrative.map(\.rawValue).sorted().joined(separator: ",")
    }
}
