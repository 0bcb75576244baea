import SFSCore
import SFSEngine
import SFSHTTP
import SFSWire

/// The audit, the doctor, and the catalog as a whole, for operators.
struct CareRoutes: Sendable {
    let engine: Engine

    var routes: [Route] {
        [
            Route("GET", Routes.audit, .operators) { call in
                let query = try Query(
                    call.request, allowed: ["subject", "actor", "since", "before", "limit"])
                return .json(
                    try await engine.audit(
                        subject: query["subject"], actor: query["actor"],
                        since: try query.time("since"),
                        before: try query.number("before").map { Int64($0) },
                        limit: try query.limit()))
            },
            Route("GET", Routes.doctor, .operators) { _ in .json(try await engine.doctor()) },
            Route("GET", Routes.catalog, .operators) { _ in
                .json(try await engine.catalogFacts())
            },
            Route("GET", Routes.catalogDump, .operators) { call in
                let query = try Query(call.request, allowed: ["after", "limit"])
                return .json(
                    try await engine.dump(after: query["after"], limit: try query.limit()))
            },
            Route("POST", Routes.catalogRebuild, .operators) { call in
                .json(try await engine.rebuild(actor: call.caller.name))
            },
            Route("GET", Routes.catalogRebuild, .operators) { _ in
                .json(try await engine.rebuildState())
            },
        ]
    }
}

extension Query {
    /// The moment in `name`; `nil` when absent.
    ///
    /// - Throws: `SFSError` with code `.usage`.
    fileprivate func time(_ name: String) throws(SFSError) -> Timestamp? {
        guard let text = self[name] else { return nil }
        guard let time = Timestamp(parsing: text) else {
            throw SFSError(
                .usage, "'\(text.prefix(80))' is not a time like 2026-11-22T09:30:00.000Z")
        }
        return time
    }
}
