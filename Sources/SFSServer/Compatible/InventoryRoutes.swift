import SFSCore
import SFSHTTP
import SFSPrism
import SFSWire

/// What is known of contents, as clients of the original ask for it (protocol.md 2.2).
struct InventoryRoutes: Sendable {
    let prism: Prism

    var routes: [Route] {
        [
            Route("POST", "/content/detail", .role(.read), .content) { try await detail($0) },
            Route("POST", "/content/exists", .role(.read), .content) { try await detail($0) },
        ]
    }

    private func detail(_ call: RouteCall) async throws -> HTTPResponse {
        let question = try await call.value()
        let texts = try question.askedHashes()
        // What is no hash is something that the cluster does not hold.
        let hashes = texts.map { try? ContentHash(parsing: $0) }
        let known = try await prism.inventory(
            hashes.compactMap(\.self), patience(question))
        let records = zip(texts, hashes).map { text, hash in
            hash.flatMap { known[$0] }.map(describe) ?? Self.absent(text)
        }
        guard question.hashField?.string == nil else { return .value(records[0]) }
        return .value(.object(Dictionary(zip(texts, records)) { first, _ in first }))
    }

    private func patience(_ question: JSONValue) -> Patience {
        let tries = question["tryCount"]?.wholeNumber ?? question["retryCount"]?.wholeNumber ?? 1
        let timeout = question["timeout"]?.wholeNumber ?? 20_000
        return Patience(
            timeout: .milliseconds(timeout), tries: Int(clamping: tries))
    }

    /// The record of a content that is not there.
    private static func absent(_ text: String) -> JSONValue {
        [
            "hash": .string(text), "mimeType": nil, "mimeExtension": nil, "map": [], "size": 0,
            "copies": 0, "relativePath": nil, "exists": false,
        ]
    }

    private func describe(_ record: InventoryRecord) -> JSONValue {
        let map = JSONValue.array(record.map.map { .string($0.text) })
        let created = JSONValue.string(record.attributes.created.description)
        return [
            "hash": .string(record.hash.hex), "exists": true,
            "mimeType": .string(record.attributes.mediaType),
            "mimeExtension": .string(record.attributes.fileExtension),
            "size": .integer(record.size), "copies": .integer(Int64(record.map.count)),
            "desiredCopies": .integer(Int64(record.want)), "map": map, "desiredMap": map,
            "cacheCopies": [], "tasks": [],
            "rules": [
                ["type": "copyMinimum", "value": .integer(Int64(prism.settings.copies))]
            ],
            "hitCount": .integer(record.hits), "byteCount": .integer(record.bytes),
            "hits": Self.byStore(record.hitsByStore), "bytes": Self.byStore(record.bytesByStore),
            "activityScore": 0, "relativePath": .string(record.hash.relativePath),
            "lastBucketClear": nil, "lastBalancedAt": nil, "createdAt": created,
            "updatedAt": created,
        ]
    }

    private static func byStore(_ counts: [MemberName: Int64]) -> JSONValue {
        .object(
            Dictionary(counts.map { ($0.key.text, .integer($0.value)) }) { first, _ in first })
    }
}
