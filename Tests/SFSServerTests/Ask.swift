import AsyncHTTPClient
import ClusterFixture
import NIOCore
import NIOHTTP1
import SFSCore
import SFSServer
import SFSStore
import SFSWire

/// What a server answered.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPHeaders
    let body: ByteBuffer

    var text: String { String(buffer: body) }

    /// The body as JSON.
    var json: JSONValue {
        get throws { try JSONValue(parsing: body.readableBytesView) }
    }

    func header(_ name: String) -> String? { headers.first(name: name) }
}

/// What a test asks with.
enum Method: String, Sendable {
    case GET, HEAD, POST, PUT, OPTIONS
}

/// How a request shows who sends it.
enum Identity: Sendable, CaseIterable {
    case nobody, wrongPassword, site, otherToken

    fileprivate var header: String? {
        switch self {
        case .nobody: nil
        // site:wrong
        case .wrongPassword: "Basic c2l0ZTp3cm9uZw=="
        // site:a-password-for-tests
        case .site: "Basic c2l0ZTphLXBhc3N3b3JkLWZvci10ZXN0cw=="
        case .otherToken: "Bearer nobody-has-this"
        }
    }
}

/// Sends one request over a real socket; redirects are not followed.
func ask(
    _ method: Method, _ url: String, as identity: Identity = .nobody,
    headers: [(String, String)] = [], json: JSONValue? = nil, body: ByteBuffer? = nil
) async throws -> Answer {
    var request = HTTPClientRequest(url: url)
    request.method = HTTPMethod(rawValue: method.rawValue)
    request.headers = HTTPHeaders(headers)
    if let value = identity.header { request.headers.add(name: "Authorization", value: value) }
    if let json {
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(ByteBuffer(bytes: json.text))
    }
    if let body { request.body = .bytes(body) }
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
    let bytes = try await response.body.collect(upTo: 64 << 20)
    return Answer(
        status: Int(response.status.code), headers: response.headers, body: bytes)
}

extension Answer {
    /// Whether nothing of the node's inside shows: no path of its disk, no stack, no password.
    func tellsNothing(of site: StoreSite) -> Bool {
        let all = text + headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
        let secrets =
            site.stores.map(\.settings.folder)
            + [StoreSite.credentials.password, StoreSite.memberToken, ".swift", "SELECT"]
        return !secrets.contains { all.contains($0) }
    }
}
