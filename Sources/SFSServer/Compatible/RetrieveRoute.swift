import SFSCore
import SFSFetch
import SFSHTTP
import SFSPrism
import SFSWire

/// POST `/content/retrieve`: fetches a file from elsewhere and keeps it (protocol.md 2.2).
///
/// Of the request that a client describes only URL, method, header fields and body count; nothing
/// else is passed on (part 7, 1).
struct RetrieveRoute: Sendable {
    let prism: Prism

    var routes: [Route] {
        [Route("POST", "/content/retrieve", .role(.create), .content) { try await retrieve($0) }]
    }

    private func retrieve(_ call: RouteCall) async throws -> HTTPResponse {
        let order = try await call.value()
        let fileExtension = order["extension"]?.string ?? "bin"
        guard ContentAttributes.isExtension(fileExtension) else {
            throw SFSError(.usage, "'extension' has letters and digits only")
        }
        let algorithm = try UploadRoute.algorithm(
            order["hashType"]?.string ?? HashAlgorithm.standard.rawValue)
        let content = try await prism.retrieve(
            try Self.request(order["request"]), algorithm: algorithm,
            fileExtension: fileExtension, mediaType: order["mimeType"]?.string)
        return .value([
            "hash": .string(content.hash.hex), "extension": .string(fileExtension),
            algorithm.rawValue: .string(content.hash.hex),
        ])
    }

    private static func request(_ value: JSONValue?) throws(SFSError) -> FetchRequest {
        guard let value, let url = value["url"]?.string ?? value["uri"]?.string ?? value.string
        else { throw SFSError(.usage, "'request' needs a 'url'") }
        let name = value["method"]?.string?.uppercased() ?? "GET"
        guard let method = FetchMethod(rawValue: name), method != .head else {
            throw SFSError(.usage, "'\(name.prefix(20))' is not a method to fetch with")
        }
        var headers: [(name: String, value: String)] = []
        if case .object(let fields)? = value["headers"] {
            for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
                guard let text = value.string else {
                    throw SFSError(.usage, "header '\(name.prefix(80))' is not a text")
                }
                headers.append((name, text))
            }
        }
        var body = value["body"]?.string.map { Array($0.utf8) }
        if body == nil, let json = value["json"], json != .bool(true) {
            body = json.text
            headers.append(("Content-Type", "application/json"))
        }
        return FetchRequest(url: url, method: method, headers: headers, body: body)
    }
}
