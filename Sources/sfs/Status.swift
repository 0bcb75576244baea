import ArgumentParser
import SFSClient
import SFSCore
import SFSWire

/// `sfs status`: members, fill, contents at risk; the exit status is the cluster's health.
struct Status: Verb {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show the state of the cluster.",
        discussion: "Exits with 0 when all is well and with 1 when something is wrong.")

    @Option(
        defaultAsFlag: Interval(seconds: 5), parsing: .next,
        help: ArgumentHelp(
            "Show it again every so many seconds, until q or Ctrl-C.", valueName: "seconds"))
    var watch: Interval?

    @OptionGroup var global: GlobalOptions

    func run(_ session: Session) async throws -> Answer {
        if let watch {
            let screen = LiveScreen(output: session.output, interval: watch.duration)
            try await screen.run {
                let status = try await session.prism.status()
                return try LiveScreen.Frame(lines: Self.lines(for: status), value: status)
            }
            return .yes
        }
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
        let prisms = status.prisms.map { prism in
            [prism.name.text, prism.zone.text, state(prism.online), prism.url ?? "-"]
        }
        let stores = status.stores.map { store in
            [
                store.name.text, store.zone.text, store.host.text, state(store),
                fill(store), size(store.freeBytes), size(store.totalBytes), "\(store.contents)",
                store.lastVerify?.endedAt?.description ?? "never", roles(store),
            ]
        }
        var lines = heading(status)
        lines += [""] + Table.lines(facts(status))
        lines += [""] + Table.lines([["PRISM", "ZONE", "STATE", "URL"]] + prisms)
        let heading = [
            "STORE", "ZONE", "HOST", "STATE", "FILL", "FREE", "TOTAL", "CONTENTS", "VERIFIED",
            "ROLES",
        ]
        lines += [""] + Table.lines([heading] + stores)
        return lines
    }

    /// The contents, and what is being done about them.
    static func facts(_ status: StatusReply) -> [[String]] {
        let tasks = status.tasks
        var rows = [
            ["contents", "\(status.contents), \(size(status.bytes))"],
            ["at risk", "\(status.contentsAtRisk)"],
            ["out of reach", "\(status.contentsOutOfReach)"],
            ["damaged", "\(status.damaged)"],
            [
                "tasks",
                "\(tasks.waiting) waiting, \(tasks.running) running, \(tasks.paused) paused, "
                    + "\(tasks.failed) failed; \(size(tasks.bytes)) to move",
            ],
        ]
        if let repair = status.repair {
            let rate = repair.bytesPerSecond.map { ", \(size($0))/s" } ?? ""
            let deadline = repair.deadline.map { ", done by \($0)" } ?? ""
            let left = "\(repair.contentsLeft) contents, \(size(repair.bytesLeft)) left"
            rows.append(["repair", left + rate + deadline])
        }
        if !status.stores.isEmpty {
            let ends = status.stores.map { $0.lastVerify?.endedAt }
            // One that was never verified is older than every other.
            let oldest = ends.contains(nil) ? nil : ends.compactMap(\.self).min()
            rows.append(["oldest verify", oldest?.description ?? "never"])
        }
        return rows
    }

    /// Whether all is well, and what is not.
    static func heading(_ status: StatusReply) -> [String] {
        let health = status.problems.isEmpty ? "healthy" : "not healthy"
        return ["cluster '\(status.cluster)' is \(health) (sfsd \(status.version))"]
            + status.problems.map { "  ! \(Printable.line($0))" }
    }

    /// How a member that is up or down is called.
    static func state(_ isOnline: Bool) -> String { isOnline ? "online" : "OFFLINE" }

    /// `online`, `draining`, or in capitals what needs somebody to look.
    static func state(_ store: StatusReply.Store) -> String {
        switch store.condition {
        case .away: return "AWAY"
        case .lost: return "LOST"
        case .retired: return "retired"
        case .well, nil: break
        }
        guard store.online else { return state(false) }
        return store.isDraining ? "draining" : state(true)
    }

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
