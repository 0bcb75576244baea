import NIOCore
import SFSCore
import SFSHTTP
import SFSPrism
import SFSWire

extension RouteCall {
    /// The JSON value that the body is; an empty object when there is no body.
    ///
    /// - Throws: `Refused` with 415 when the body says that it is something else; `SFSError` with
    ///   code `.protocol` or `.tooLarge`.
    func value() async throws -> JSONValue {
        try await withBody { buffer in
            guard buffer.readableBytes > 0 else { return [:] }
            let type = (request.headers.first("Content-Type") ?? "application/json").lowercased()
                .prefix { $0 != ";" && $0 != " " }
            guard type.hasSuffix("/json") || type.hasSuffix("+json") else {
                throw Refused(
                    415, ["error": "Unsupported content type", "message": "Send application/json"],
                    .protocol, "the body is '\(type.prefix(80))', not JSON")
            }
            return try JSONValue(parsing: buffer.readableBytesView)
        }
    }

    /// Who wants to read.
    func viewer(_ trustedProxies: [IPNetwork]) throws -> Viewer {
        var address = ""
        if case .address(let host, _) = request.peer { address = host }
        var isSecure = request.isSecure
        if let stated = request.headers.first("X-Forwarded-Protocol"),
            trustedProxies.contains(where: { $0.contains(address) })
        {
            isSecure = stated.lowercased() == "https"
        }
        return Viewer(
            address: address, agent: request.headers.first("User-Agent") ?? "",
            referer: request.headers.first("Referer"), host: request.host, isSecure: isSecure,
            addressType: try request.query().first { $0.name == "addressType" }?.value)
    }

    /// The file name and the query behind a token or a hash.
    func playPath(_ name: String) throws(SFSError) -> PlayPath {
        PlayPath(name: parameter(name), query: try request.query())
    }

    /// Where the request comes from, for the record.
    var address: String {
        if case .address(let host, _) = request.peer { host } else { "local" }
    }
}

extension JSONValue {
    /// The hash in `hash` or, as older clients call it, `sha1`.
    var hashField: JSONValue? { self["hash"] ?? self["sha1"] }

    /// The texts of a list, or of one value that stands for a list of one.
    var strings: [String]? {
        switch self {
        case .string(let text): [text]
        case .array(let elements): elements.compactMap(\.string)
        default: nil
        }
    }
}
