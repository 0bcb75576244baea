import Foundation
import ProcessFixture

/// A viewer who plays one URL again and again on one connection.
struct Viewing {
    private let connection: WebConnection
    private let target: String

    init(_ url: String) async throws {
        guard let parts = URLComponents(string: url), let host = parts.host, let port = parts.port
        else { throw FixtureError("'\(url)' is not a URL with a host and a port") }
        connection = try await WebConnection(to: .tcp(address: host, port: port))
        target = parts.percentEncodedPath + "?" + (parts.percentEncodedQuery ?? "")
    }

    /// What the store says now to a request for the first byte: 200 stands for 206.
    func status() async throws -> Int {
        let status = try await connection.ask("GET", target, [("Range", "bytes=0-0")]).status
        return status == 206 ? 200 : status
    }

    /// A play URL without its query, and the grant in it.
    static func parts(of url: String) throws -> (base: String, grant: String) {
        let halves = url.split(separator: "?", maxSplits: 1)
        guard halves.count == 2, halves[1].hasPrefix("grant=") else {
            throw FixtureError("'\(url)' has no grant")
        }
        return (String(halves[0]), String(halves[1].dropFirst(6).prefix { $0 != "&" }))
    }

    /// What somebody could make of a grant.
    static func forgeries(of grant: String) -> [String] {
        var texts = ["", "A", "%00", "..%2f", String(repeating: "A", count: grant.count)]
        texts += [1, 2, 10, grant.count / 2].map { String(grant.dropLast($0)) }
        texts += [grant + "A", grant + grant, String(grant.reversed()), grant.uppercased()]
        for position in stride(from: 0, to: grant.count, by: 7) {
            var letters = Array(grant)
            letters[position] = letters[position] == "A" ? "B" : "A"
            texts.append(String(letters))
        }
        return texts
    }
}
