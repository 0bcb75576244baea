package import SFSCore
package import SFSWire

extension PrismClient {
    /// Has stores go over their volumes; the passes, those that were there already as well.
    ///
    /// - Throws: `SFSError` with code `.notFound` for a store or zone that there is not.
    package func beginPasses(_ order: PassOrder) async throws -> [PassReply] {
        let request = try HTTPRequestParts(.post, Routes.passes).with(json: order)
        return try await transport.send(request, for: PassList.self).passes
    }

    /// The last pass of each store, whether it has ended or not; `nil` = of every kind.
    package func passes(_ kind: PassKind? = nil) async throws -> [PassReply] {
        let request = HTTPRequestParts(.get, Routes.passes, query: [("kind", kind?.rawValue)])
        return try await transport.send(request, for: PassList.self).passes
    }

    /// Pauses, resumes or cancels a pass.
    ///
    /// - Throws: `SFSError` with code `.notFound` when there is none.
    package func changePass(
        _ kind: PassKind, of store: MemberName, _ change: TaskChange
    ) async throws -> PassReply {
        let request = HTTPRequestParts(.post, Routes.changePass(kind, store, change))
        return try await transport.send(request, for: PassReply.self)
    }

    /// Has every replica of some contents read again; an entry for each.
    ///
    /// Waits until all are read.
    package func verify(_ order: VerifyOrder) async throws -> [VerifyReply.Replica] {
        let request = try HTTPRequestParts(.post, Routes.verifyContents).with(json: order)
            .with(patience: transport.limits.verifyTimeout)
        return try await transport.send(request, for: VerifyReply.self).replicas
    }
}
