package import SFSCore
package import SFSWire
import Synchronization

/// The rules, the audit and the catalog of a stand-in, and what its doctor finds.
package final class CareBook: Sendable {
    private struct State {
        var rules: [ContentHash: RulesMessage] = [:]
        var audit: [AuditEntry] = []
        var findings: [DoctorReply.Finding] = []
        var dump: [DumpLine] = []
        var rebuild = RebuildReply(passes: [], contents: 0, isDone: true, missing: [])
        var rebuilds = 0
        var looksUntilRebuilt = 2
    }

    /// A page is never longer, whatever is asked for.
    package static let pageLength = 3

    private let state = Mutex(State())

    /// The rules of each content that has some.
    package var rules: [ContentHash: RulesMessage] { state.withLock { $0.rules } }

    /// How often a rebuild was begun.
    package var rebuilds: Int { state.withLock { $0.rebuilds } }

    /// Keeps these lines of the audit, newest first.
    package func keep(_ audit: [AuditEntry]) { state.withLock { $0.audit = audit } }

    /// What the doctor finds.
    package func setFindings(_ findings: [DoctorReply.Finding]) {
        state.withLock { $0.findings = findings }
    }

    /// What a dump of the catalog has.
    package func setDump(_ lines: [DumpLine]) { state.withLock { $0.dump = lines } }

    /// Gives one content rules.
    package func setRules(_ rules: RulesMessage, of hash: ContentHash) {
        state.withLock { $0.rules[hash] = rules }
    }

    /// What `head` with `body` is answered with; `nil` when it is no route of this book.
    func answer(_ head: RawRequest, _ body: () throws -> [UInt8]) throws -> StandInAnswer? {
        let parts = head.path.split(separator: "/").dropFirst().map(String.init)
        if parts.first == "rules" { return try answerRules(head, parts, body) }
        switch (head.method, head.path) {
        case ("GET", Routes.audit): return try .json(AuditList(entries: audit(head)))
        case ("GET", Routes.doctor):
            return try .json(DoctorReply(findings: state.withLock { $0.findings }))
        case ("GET", Routes.catalog):
            return try .json(
                CatalogReply(url: "postgres://demo", isPrivate: true, isRebuilding: false))
        case ("GET", Routes.catalogDump): return try .json(dump(head))
        case (_, Routes.catalogRebuild): return try .json(rebuild(begins: head.method == "POST"))
        default: return nil
        }
    }

    private func answerRules(
        _ head: RawRequest, _ parts: [String], _ body: () throws -> [UInt8]
    ) throws -> StandInAnswer? {
        guard parts.count == 2 else { return try .json(RulesList(contents: listed(head))) }
        let hash = try ContentHash(parsing: parts[1])
        switch head.method {
        case "GET": return try .json(rules[hash] ?? RulesMessage())
        case "PUT":
            let rules = try JSON.decode(RulesMessage.self, from: body())
            setRules(rules, of: hash)
            return try .json(rules)
        default:
            guard state.withLock({ $0.rules.removeValue(forKey: hash) }) != nil else {
                throw SFSError(.notFound, "'\(hash)' has no rules")
            }
            return .nothing
        }
    }

    private func listed(_ head: RawRequest) -> [RulesReply] {
        let after = head.query("after") ?? ""
        let rest = rules.filter { $0.key.hex > after }.sorted { $0.key < $1.key }
        return rest.prefix(Self.pageLength).map { RulesReply(hash: $0.key, rules: $0.value) }
    }

    private func audit(_ head: RawRequest) -> [AuditEntry] {
        let before = head.query("before").flatMap { Int64($0) } ?? .max
        let found = state.withLock { $0.audit }.filter { entry in
            entry.number < before && (head.query("actor").map { $0 == entry.actor } ?? true)
                && (head.query("subject").map { $0 == entry.subject } ?? true)
        }
        let length = min(head.query("limit").flatMap { Int($0) } ?? .max, Self.pageLength)
        return Array(found.prefix(length))
    }

    private func dump(_ head: RawRequest) -> DumpPage {
        let start = head.query("after").flatMap { Int($0) } ?? 0
        let lines = state.withLock { $0.dump }
        let end = min(start + Self.pageLength, lines.count)
        return DumpPage(
            lines: Array(lines[start..<end]), next: end < lines.count ? "\(end)" : nil)
    }

    private func rebuild(begins: Bool) -> RebuildReply {
        state.withLock { state in
            if begins {
                state.rebuilds += 1
                state.rebuild.isDone = false
            } else if !state.rebuild.isDone {
                state.looksUntilRebuilt -= 1
                state.rebuild.isDone = state.looksUntilRebuilt <= 0
                state.rebuild.contents += 5
            }
            return state.rebuild
        }
    }
}
