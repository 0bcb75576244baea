package import SFSCore
package import SFSWire

extension PrismClient {
    /// The rules of one content; empty ones when it has none.
    ///
    /// - Throws: `SFSError` with code `.notFound` when the cluster does not have the content.
    package func rules(of hash: ContentHash) async throws -> RulesMessage {
        try await transport.send(
            HTTPRequestParts(.get, Routes.rules(hash)), for: RulesMessage.self)
    }

    /// Gives one content these rules in place of those that it has; the rules as they are then.
    ///
    /// - Throws: `SFSError` with code `.notFound` for a content or store that there is not, `.usage`
    ///   for rules that contradict each other.
    package func setRules(
        _ rules: RulesMessage, of hash: ContentHash
    ) async throws -> RulesMessage {
        let request = try HTTPRequestParts(.put, Routes.rules(hash)).with(json: rules)
        return try await transport.send(request, for: RulesMessage.self)
    }

    /// Takes all rules off one content.
    ///
    /// - Throws: `SFSError` with code `.notFound` when it has none.
    package func clearRules(of hash: ContentHash) async throws {
        try await transport.order(HTTPRequestParts(.delete, Routes.rules(hash)))
    }

    /// One page of the contents that have rules: those that come after `after`.
    ///
    /// An empty page is the last.
    package func rules(
        after: ContentHash? = nil, limit: Int? = nil
    ) async throws -> [RulesReply] {
        let request = HTTPRequestParts(
            .get, Routes.rules,
            query: [("after", after?.hex), ("limit", limit.map(String.init))])
        let contents = try await transport.send(request, for: RulesList.self).contents
        // One that never comes to its end would be read for ever.
        if let after, let last = contents.last, last.hash <= after {
            throw transport.failure.senseless("the same page of rules again")
        }
        return contents
    }
}
