import SFSCore
import SFSHTTP
import SFSStore
import SFSWire

/// What a store holds, as programs of the original ask for it (protocol.md 2.4).
struct StoreInventoryRoutes: Sendable {
    let store: Store

    var routes: [Route] {
        [
            Route("POST", "/content/exists", .account, .plain) { try await exists($0) },
            Route("POST", "/content/detail", .account, .plain) { try await detail($0) },
            Route("POST", "/content/verify", .account, .plain) { try await verify($0) },
        ]
    }

    private func exists(_ call: RouteCall) async throws -> HTTPResponse {
        let question = try await call.value()
        let texts = try question.askedHashes()
        if let text = question.hashField?.string {
            return .value(["exists": try await presence(of: text)])
        }
        var answers: [String: JSONValue] = [:]
        for text in texts {
            answers[String(text.prefix { $0 != "." })] = try await presence(of: text)
        }
        return .value(.object(answers))
    }

    private func presence(of text: String) async throws -> JSONValue {
        // What is no hash is something that nobody holds.
        guard let name = try? StoredName(parsing: text),
            let facts = try await store.find(name.hash)
        else { return ["exists": false, "ext": ""] }
        return ["exists": true, "ext": .string(facts.attributes?.fileExtension ?? "")]
    }

    private func detail(_ call: RouteCall) async throws -> HTTPResponse {
        let hash = try await call.value().storedName("hash").hash
        guard let facts = try await store.find(hash) else {
            throw Refused(404, ["error": "File not found", "code": 404], .notFound, "not here")
        }
        let attributes = facts.attributes
        return .value([
            "hash": .string(hash.hex),
            "mimeExtension": .string(attributes?.fileExtension ?? ""),
            "mimeType": .string(attributes?.mediaType ?? MediaType.unknown),
            "relativePath": .string(hash.relativePath),
            "store": .string(store.settings.name.text), "size": .integer(facts.size),
            "hashDetail": store.fileDetail(hash, facts),
        ])
    }

    private func verify(_ call: RouteCall) async throws -> HTTPResponse {
        let hash = try await call.value().storedName("file").hash
        do {
            let verified = try await store.verify(hash)
            return .value(
                report(hash, at: verified.verifiedAt, isGood: true) { answer in
                    answer["success"] = "Verification complete"
                    answer["code"] = 200
                    answer["actualHash"] = .string(hash.hex)
                })
        } catch let error as SFSError where error.code == .corrupt {
            // What the bytes are instead is nobody's business; they are in quarantine.
            return .value(
                report(hash, at: .now(), isGood: false) { answer in
                    answer["success"] = "Verification complete"
                    answer["code"] = 200
                    answer["actualHash"] = .null
                })
        } catch let error as SFSError where error.code == .notFound {
            let answer = report(hash, at: .now(), isGood: false) { answer in
                answer["error"] = "File not found"
                answer["message"] = "File not found"
                answer["code"] = 404
            }
            throw Refused(404, answer, .notFound, error.message)
        }
    }

    private func report(
        _ hash: ContentHash, at time: Timestamp, isGood: Bool,
        _ complete: (inout [String: JSONValue]) -> Void
    ) -> JSONValue {
        var answer: [String: JSONValue] = [
            "status": isGood ? "ok" : "fail", "expectedHash": .string(hash.hex),
            "verifySkipped": false, "verified": .bool(isGood),
            "verifiedAt": .integer(time.milliseconds),
        ]
        complete(&answer)
        return .object(answer)
    }
}

extension Store {
    /// A file as the original describes one, without what is nobody's business: where the volume
    /// is, and whose.
    func fileDetail(_ hash: ContentHash, _ facts: ReplicaFacts) -> JSONValue {
        let path = hash.relativePath
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        let fileExtension = facts.attributes?.fileExtension ?? ""
        let created = facts.attributes.map { JSONValue.string($0.created.description) } ?? .null
        return [
            "exists": true, "path": .string(path), "folder": .string(folder),
            "basename": .string(hash.hex), "fileName": .string(hash.hex),
            "hash": .string(hash.hex), "hashType": .string(hash.algorithm.rawValue),
            "ext": .string(fileExtension),
            "stat": ["size": .integer(facts.size), "mtime": created, "birthtime": created],
        ]
    }
}
