import NIOCore
import SFSHTTP
import SFSOpenAPI
import SFSWire

/// GET `/openapi.json`: what a member answers, for programs to read.
///
/// A test compares both documents with the tables of routes.
enum OpenAPIRoute {
    static let prism = route(ByteBuffer(bytes: OpenAPIDocument.prism))
    static let store = route(ByteBuffer(bytes: OpenAPIDocument.store))

    private static func route(_ document: ByteBuffer) -> Route {
        Route("GET", Routes.openAPI, .open, isShared: true) { _ in
            HTTPResponse(
                status: 200, headers: ["Content-Type": "application/json"],
                body: .bytes(document))
        }
    }
}
