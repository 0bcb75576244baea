import SFSCore
import SFSWire

extension PrismClient {
    /// Has a prism or a store read the change feed now; only for other members.
    package func readFeed() async throws {
        try await transport.send(HTTPRequestParts(.post, Routes.readFeed)).discard()
    }
}
