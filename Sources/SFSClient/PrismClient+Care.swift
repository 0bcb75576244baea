package import SFSCore
package import SFSWire

/// Which lines of the audit are meant; what is `nil` may be anything.
package struct AuditQuestion: Sendable, Hashable {
    /// What was changed: a hash, a member, a plan.
    package var subject: String?
    /// Who changed it.
    package var actor: String?
    package var since: Timestamp?
    /// Only lines older than the one of this number.
    package var before: Int64?
    package var limit: Int?

    package init(
        subject: String? = nil, actor: String? = nil, since: Timestamp? = nil,
        before: Int64? = nil, limit: Int? = nil
    ) {
        self.subject = subject
        self.actor = actor
        self.since = since
        self.before = before
        self.limit = limit
    }

    fileprivate var query: [(name: String, value: String?)] {
        [
            ("subject", subject), ("actor", actor), ("since", since?.description),
            ("before", before.map { String($0) }), ("limit", limit.map(String.init)),
        ]
    }
}

extension PrismClient {
    /// One page of the audit, newest first; an empty page is the last.
    package func audit(_ question: AuditQuestion) async throws -> [AuditEntry] {
        let request = HTTPRequestParts(.get, Routes.audit, query: question.query)
        let entries = try await transport.send(request, for: AuditList.self).entries
        // One that never comes to its end would be read for ever.
        if let before = question.before, let first = entries.first, first.number >= before {
            throw transport.failure.senseless("the same page of the audit again")
        }
        return entries
    }

    /// What is wrong with the cluster, or may go wrong, and what to do.
    package func doctor() async throws -> [DoctorReply.Finding] {
        let request = HTTPRequestParts(.get, Routes.doctor)
            .with(patience: transport.limits.planTimeout)
        return try await transport.send(request, for: DoctorReply.self).findings
    }

    /// Where the catalog is.
    package func catalog() async throws -> CatalogReply {
        try await transport.send(HTTPRequestParts(.get, Routes.catalog), for: CatalogReply.self)
    }

    /// One page of a dump of the catalog: what comes after `after`, the `next` of the page before.
    package func catalogDump(
        after: String? = nil, limit: Int? = nil
    ) async throws -> DumpPage {
        let request = HTTPRequestParts(
            .get, Routes.catalogDump,
            query: [("after", after), ("limit", limit.map(String.init))])
        let page = try await transport.send(request, for: DumpPage.self)
        // One that never comes to its end would be read for ever.
        if let after, page.next == after {
            throw transport.failure.senseless("the same page of the dump again")
        }
        return page
    }

    /// Begins, or goes on with, making the catalog anew from what the volumes hold.
    package func rebuildCatalog() async throws -> RebuildReply {
        try await transport.send(
            HTTPRequestParts(.post, Routes.catalogRebuild), for: RebuildReply.self)
    }

    /// How far that is.
    package func rebuild() async throws -> RebuildReply {
        try await transport.send(
            HTTPRequestParts(.get, Routes.catalogRebuild), for: RebuildReply.self)
    }
}
