package import SFSWire

extension PrismClient {
    /// Removes what nothing needs, from the catalog and from every store; what went.
    ///
    /// A part that fails is an entry with its problem, and the others go on.
    package func prune(_ order: PruneOrder) async throws -> [PruneReply.Entry] {
        let request = try HTTPRequestParts(.post, Routes.prune).with(json: order)
            .with(patience: transport.limits.pruneTimeout)
        return try await transport.send(request, for: PruneReply.self).entries
    }
}
