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
        let address = viewerAddress
        var isSecure = request.isSecure
        if let stated = request.headers.first("X-Forwarded-Protocol"),
            trustedProxies.contains(where: { $0.contains(address) })
        {
            isSecure = stated.lowercased() == "https"
        }
        return Viewer(
            address: address, agent: request.headers.first("User-Agent") ?? "",
            referer: request.headers.first("Referer"), host: request.host, isSecure: isSecure,
            addressType: try request.queryValue("addressType"))
    }

    /// The file name and the query behind a token or a hash.
    func playPath() throws(SFSError) -> PlayPath {
        PlayPath(name: parameter("file"), query: try request.query())
    }

    /// The address of who asks; `""` on a Unix socket.
    var viewerAddress: String { request.peer.host ?? "" }

    /// Where the request comes from, for the record.
    var address: String { request.peer.host ?? "local" }
}

extension JSONValue {
    /// The hash in `hash` or, as older clients call it, `sha1`.
    var hashField: JSONValue? { self["hash"] ?? self["sha1"] }

    /// The texts of a list, or of one text that stands for a list of one; `nil` for all else.
    var strings: [String]? {
        if let text = string { return [text] }
        let texts = array?.compactMap(\.string)
        return texts?.count == array?.count ? texts : nil
    }

    /// The hashes, or names of files, that a question asks for; not more than one may have.
    ///
    /// - Throws: `SFSError` with code `.usage` or `.tooLarge`.
    func askedHashes() throws(SFSError) -> [String] {
        guard let texts = hashField?.strings else {
            throw SFSError(.usage, "'hash' is a hash or a list of them")
        }
        let maximum = ExistsRequest.contentsPerRequestMaximum
        guard texts.count <= maximum else {
            throw SFSError(.tooLarge, "\(texts.count) hashes are too many; ask for \(maximum)")
        }
        return texts
    }
}
