import Foundation
import Testing

// What many tests do first.
extension Member {
    /// Bytes that no other test has.
    static func freshBytes(_ count: Int = 2000) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    func upload(_ form: Form, _ fields: [(String, String)] = []) async throws -> Reply {
        try await ask("POST", "/content/upload", [Form.contentType] + fields, body: form.bytes)
    }

    /// Keeps `bytes` in the cluster and gives their hash.
    func keep(_ bytes: [UInt8] = freshBytes(), as name: String = "film.mp4") async throws -> String
    {
        let reply = try await upload(Form().file("file", name, bytes))
        return try #require(reply.json["files"]?["file"]?["hash"]?.string, "\(reply.summary)")
    }

    /// Buys `hash` and gives the purchase's token; from everywhere, unless `order` says more.
    func buy(_ hash: String, _ order: [String: JSONTree] = [:]) async throws -> String {
        let whole = ["hash": .text(hash), "ext": "mp4", "referrer": []].merging(order) { $1 }
        let reply = try await post("/content/purchase", .object(whole))
        return try #require(reply.json["token"]?.string, "\(reply.summary)")
    }

    /// Where this prism sends who plays `token`.
    func playURL(
        _ token: String, _ fields: [(String, String)] = [], query: String = "",
        from source: String? = nil
    ) async throws -> String {
        let reply = try await anonymous.get("/\(token)/film\(query)", fields, from: source)
        try #require(reply.status == 302, "\(reply.summary)")
        return try #require(reply["Location"])
    }
}

/// The example of protocol.md 1.4 and what it is called by each algorithm.
enum Fox {
    static let bytes = Array("The fox is brown".utf8)
    static let hashes = [
        "md5": "3e8375d3a617d637b36246179e0fe96b",
        "sha1": "a03f181dc7dedcfb577511149b8844711efdb04f",
        "sha224": "479db36598eddef574057352b5a61232f8f0d92b29996eb030ca2d39",
        "sha256": "a51d8fdedb2f39b4dd7fad71065ac7ef9f1a86724b4eab20f5f0106d8635fa43",
        "sha384":
            "69da6a117c5576d87e91d26275a94906315b811467517c1f9169da3028d0736e"
            + "12ae7dfc97eab96765289cb7e93d0908",
        "sha512":
            "061e4fd0f8f1054e0929955b36f4af64d38110340f27a0afb9e99cf9e42fab8b"
            + "bedea4fcb5ad00de7f3a3f7963a8e4078dedd9ed800d79d9d654f4230fef1cae",
    ]
}
