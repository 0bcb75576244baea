import Foundation
import ProcessFixture

/// A prism or a store of the cluster under test, and how a test talks to it.
struct Member: Sendable, Hashable {
    let name: String
    let address: String
    /// Without TLS.
    let port: Int
    /// With TLS.
    let securePort: Int
    /// Its Unix socket.
    let socket: String
    /// The volume of a store.
    let volume: String
    /// The session's token, or HTTP Basic, by which tests are known to it.
    var access: [Access] = []

    /// A header field that shows who asks.
    struct Access: Sendable, Hashable {
        let name: String
        let value: String

        static func session(_ token: String) -> Access {
            Access(name: "X-STRETCHFS-Token", value: token)
        }

        static func basic(_ name: String, _ password: String) -> Access {
            let text = Data("\(name):\(password)".utf8).base64EncodedString()
            return Access(name: "Authorization", value: "Basic \(text)")
        }
    }

    var place: Place { .tcp(address: address, port: port) }
    var url: String { "http://\(address):\(port)" }
    var secureURL: String { "https://\(address):\(securePort)" }

    /// The same member, asked by somebody else.
    func by(_ access: Access...) -> Member {
        var member = self
        member.access = access
        return member
    }

    /// The same member, asked by nobody in particular.
    var anonymous: Member {
        var member = self
        member.access = []
        return member
    }

    /// Asks on a connection of its own.
    func ask(
        _ method: String, _ target: String, _ fields: [(String, String)] = [],
        body: [UInt8]? = nil, from source: String? = nil
    ) async throws -> Reply {
        let connection = try await WebConnection(to: place, from: source)
        return try await connection.ask(
            method, target, access.map { ($0.name, $0.value) } + fields, body: body)
    }

    func get(
        _ target: String, _ fields: [(String, String)] = [], from source: String? = nil
    ) async throws -> Reply {
        try await ask("GET", target, fields, from: source)
    }

    /// Posts JSON.
    func post(
        _ target: String, _ json: JSONTree, from source: String? = nil
    ) async throws -> Reply {
        try await ask(
            "POST", target, [("Content-Type", "application/json")], body: try json.bytes,
            from: source)
    }

    /// Asks for an absolute URL, as a client that was redirected does.
    static func follow(
        _ url: String?, _ fields: [(String, String)] = [], method: String = "GET",
        from source: String? = nil
    ) async throws -> Reply {
        guard let parts = url.flatMap({ URLComponents(string: $0) }), let host = parts.host,
            let port = parts.port
        else { throw FixtureError("'\(url ?? "")' is not a URL with a host and a port") }
        let connection = try await WebConnection(
            to: .tcp(address: host, port: port), from: source)
        let query = parts.percentEncodedQuery.map { "?" + $0 } ?? ""
        return try await connection.ask(method, parts.percentEncodedPath + query, fields)
    }
}
