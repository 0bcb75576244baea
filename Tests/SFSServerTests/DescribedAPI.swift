import SFSCore
import SFSWire

/// What an OpenAPI document says, as far as it can be compared with a table of routes.
struct DescribedAPI {
    private static let methods: Set<String> = [
        "get", "put", "post", "delete", "options", "head", "patch", "trace",
    ]

    private let document: JSONValue

    /// - Throws: `SFSError` with code `.protocol` when `bytes` are no JSON.
    init(_ bytes: some Sequence<UInt8>) throws(SFSError) {
        document = try JSONValue(parsing: bytes)
    }

    /// What is wrong with it when a member has just `routes`, one sentence each.
    func complaints(comparedWith routes: [(method: String, pattern: String)]) -> [String] {
        let served = Set(routes.map { "\($0.method) \($0.pattern)" })
        let described = Set(operations.map(\.name))
        return served.subtracting(described).sorted().map { "\($0) is not described" }
            + described.subtracting(served).sorted().map { "\($0) is no route" }
            + undeclaredSegments + danglingReferences
            + operations.filter { $0.statuses.isEmpty }.map { "\($0.name) has no answers" }
    }

    private struct Operation {
        let path: String
        /// For example `GET /static/{hash}/{file}`.
        let name: String
        let parameters: [JSONValue]
        let statuses: Set<String>
    }

    private var operations: [Operation] {
        (document["paths"]?.members ?? [:]).flatMap { path, item in
            (item.members ?? [:]).filter { Self.methods.contains($0.key) }.map {
                method, operation in
                Operation(
                    path: path, name: "\(method.uppercased()) \(path)",
                    parameters: operation["parameters"]?.array ?? [],
                    statuses: Set((operation["responses"]?.members ?? [:]).keys))
            }
        }
    }

    /// Variable segments of paths that are no parameters there.
    private var undeclaredSegments: [String] {
        operations.flatMap { operation in
            let declared = operation.parameters.map { resolved($0) }
                .filter { $0["in"]?.string == "path" }.compactMap { $0["name"]?.string }
            let needed = operation.path.split(separator: "/").filter { $0.hasPrefix("{") }
                .map { String($0.dropFirst().dropLast()) }
            return Set(needed).symmetricDifference(declared).sorted()
                .map { "\(operation.name) and its parameters differ in '\($0)'" }
        }
    }

    private var danglingReferences: [String] {
        Self.references(in: document).filter { target($0) == nil }.sorted()
            .map { "'\($0)' leads nowhere" }
    }

    private func resolved(_ value: JSONValue) -> JSONValue {
        value["$ref"]?.string.flatMap(target) ?? value
    }

    /// What stands at `reference`, for example `#/components/schemas/Hash`.
    private func target(_ reference: String) -> JSONValue? {
        guard reference.hasPrefix("#/") else { return nil }
        return reference.dropFirst(2).split(separator: "/")
            .reduce(document) { value, name in value?[String(name)] }
    }

    private static func references(in value: JSONValue) -> Set<String> {
        switch value {
        case .array(let elements):
            elements.reduce(into: []) { $0.formUnion(references(in: $1)) }
        case .object(let members):
            members.reduce(into: []) { found, member in
                if member.key == "$ref", let text = member.value.string { found.insert(text) }
                found.formUnion(references(in: member.value))
            }
        default: []
        }
    }
}

extension JSONValue {
    /// The members of an object.
    fileprivate var members: [String: JSONValue]? {
        if case .object(let members) = self { members } else { nil }
    }
}
