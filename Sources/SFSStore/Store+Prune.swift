package import SFSCore
package import SFSWire

extension Store {
    package func prune(_ order: StorePruneOrder) async throws -> [PruneReply.Entry] {
        []
    }

    package func prove(_ hash: ContentHash) async throws -> VerifiedReplica {
        try await verify(hash)
    }
}
