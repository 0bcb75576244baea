import NIOCore
import SFSCore
import SFSHTTP
import SFSWire

/// What prisms and stores tell everybody.
enum PublicRoutes {
    /// Greeting and `pong`.
    static let all: [Route] =
        ["GET", "POST"].flatMap { method in
            [
                Route(method, "/", .open, .plain, isShared: true) { _ in
                    .value(["message": "Welcome to StretchFS version \(Version.text)"])
                },
                Route(method, "/ping", .open, .plain, isShared: true) { _ in
                    .value(["pong": "pong"])
                },
            ]
        }

    /// What Flash players ask for before they read anything.
    static let crossDomain = Route("GET", "/crossdomain.xml", .open, .plain) { _ in
        let text = """
            <?xml version="1.0"?>
            <!DOCTYPE cross-domain-policy SYSTEM \
            "http://www.macromedia.com/xml/dtds/cross-domain-policy.dtd">
            <cross-domain-policy><allow-access-from domain="*"/></cross-domain-policy>

            """
        return HTTPResponse(
            status: 200, headers: ["Content-Type": "application/xml; charset=utf-8"],
            body: .bytes(ByteBuffer(string: text)))
    }
}
