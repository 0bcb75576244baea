import SFSCatalog
import SFSCore
import SFSWire

extension DoctorFacts {
    /// Findings about the database, and about clocks, which are compared with its.
    var ofCatalog: [DoctorReply.Finding] {
        var findings = database + clocks
        if condition.isRebuilding {
            findings.append(
                .warning(
                    "catalog", "catalog", "it is being made anew from the volumes",
                    "see 'sfs catalog rebuild --watch'"))
        }
        return findings
    }

    private static let oldestServer = 14
    /// Connections in use, of those allowed, in percent.
    private static let connectionsHigh: Int64 = 80
    private static let transactionsLow: Int64 = 200_000_000

    private var database: [DoctorReply.Finding] {
        var findings: [DoctorReply.Finding] = []
        func add(_ message: String, _ remedy: String, isError: Bool = false) {
            findings.append(
                isError
                    ? .error("catalog", "catalog", message, remedy)
                    : .warning("catalog", "catalog", message, remedy))
        }
        if !condition.isDurable {
            add(
                "it may lose what it has committed",
                "set 'fsync' and 'synchronous_commit' of PostgreSQL to 'on'", isError: true)
        }
        if condition.serverMajor < Self.oldestServer {
            add(
                "PostgreSQL \(condition.serverVersion) is too old",
                "update PostgreSQL to \(Self.oldestServer) or later", isError: true)
        }
        if condition.schema != condition.schemaKnown {
            add(
                "its schema is \(condition.schema), this sfsd knows \(condition.schemaKnown)",
                "run the same version of sfsd everywhere")
        }
        if condition.connections * 100 > condition.connectionsMaximum * Self.connectionsHigh {
            add(
                "\(condition.connections) of \(condition.connectionsMaximum) connections are used",
                "raise 'max_connections' of PostgreSQL, or put a pooler before it")
        }
        if condition.transactionsLeft < Self.transactionsLow {
            add(
                "it stops in \(condition.transactionsLeft) transactions to protect its data",
                "run 'VACUUM' in all its databases, and see why autovacuum does not",
                isError: true)
        }
        for table in condition.worn {
            let vacuumed =
                table.secondsSinceVacuum.map {
                    "the last vacuum was \(Self.text(.seconds($0))) ago"
                }
                ?? "it was never vacuumed"
            add(
                "table '\(table.name)' has \(table.deadRows) dead rows beside \(table.liveRows) "
                    + "live ones; \(vacuumed)", "run 'VACUUM \(table.name)'")
        }
        let size = ByteCount(max(0, condition.bytes))
        return findings.isEmpty
            ? [
                .fine(
                    "catalog", "catalog",
                    "PostgreSQL \(condition.serverVersion), \(size), schema \(condition.schema)")
            ] : findings
    }

    private var clocks: [DoctorReply.Finding] {
        var offsets: [(subject: String, offset: Duration)] = [("this prism", ownOffset)]
        for store in stores {
            guard case .answer(_, let offset)? = healths[store.facts.number] else { continue }
            offsets.append((store.facts.name.text, offset))
        }
        let wrong = offsets.filter {
            abs($0.offset / .seconds(1)) > care.clockTolerance / .seconds(1)
        }
        guard !wrong.isEmpty else {
            return [.fine("clock", "clocks", "all that answer agree with the catalog's")]
        }
        return wrong.map { subject, offset in
            let isAhead = offset > .zero
            return .warning(
                "clock", subject,
                "its clock is \(Self.text(isAhead ? offset : .zero - offset)) "
                    + "\(isAhead ? "ahead of" : "behind") the catalog's",
                "let NTP set the clocks of all hosts")
        }
    }

    /// A length of time for people, in its largest unit.
    static func text(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        let units: [(seconds: Int64, name: String)] = [
            (86_400, "days"), (3600, "hours"), (60, "minutes"),
        ]
        guard let unit = units.first(where: { seconds >= $0.seconds * 2 }) else {
            return "\(seconds) seconds"
        }
        return "\(seconds / unit.seconds) \(unit.name)"
    }
}
