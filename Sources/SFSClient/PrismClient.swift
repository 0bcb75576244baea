package import SFSCore
package import SFSWire

/// A prism on the other end of an HTTP connection.
///
/// What it can be asked about contents is in `PrismClient+Contents.swift`.
package struct PrismClient: Sendable {
    let transport: HTTPTransport

    /// Talks over `transport`, which whoever made it shuts down.
    package init(_ transport: HTTPTransport) {
        self.transport = transport
    }

    /// Asks for nothing but an answer.
    package func ping() async throws {
        try await transport.order(HTTPRequestParts(.get, Routes.health))
    }

    /// The cluster as the prism sees it now.
    package func status() async throws -> StatusReply {
        try await transport.send(HTTPRequestParts(.get, Routes.status), for: StatusReply.self)
    }

    /// Makes a volume of an empty folder on the prism's host.
    ///
    /// - Throws: `SFSError` with code `.conflict` when the folder is not empty, `.configuration`
    ///   when no store of the daemon's configuration fits.
    package func initialiseStore(
        folder: String, store: MemberName?
    ) async throws -> StoreInitReply {
        let order = StoreInitRequest(folder: folder, store: store)
        return try await transport.send(
            HTTPRequestParts(.post, Routes.storeInit).with(json: order), for: StoreInitReply.self)
    }
}
