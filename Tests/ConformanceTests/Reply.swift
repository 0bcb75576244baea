import Foundation
import ProcessFixture

/// What a server answered.
struct Reply: Sendable {
    var status: Int
    /// In the order in which they came.
    var fields: [(name: String, value: String)]
    var body: [UInt8] = []
    /// Statuses of the replies 1xx before it.
    var interim: [Int] = []

    init(head: [UInt8]) throws {
        let text = String(decoding: head, as: UTF8.self)
        let lines = text.components(separatedBy: "\r\n").filter { !$0.isEmpty }
        let words = lines.first?.split(separator: " ", maxSplits: 2) ?? []
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
            throw FixtureError("no status line: \(text.prefix(200))")
        }
        self.status = status
        fields = try lines.dropFirst().map { line in
            guard let colon = line.firstIndex(of: ":") else {
                throw FixtureError("no header field: \(line)")
            }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            return (String(line[..<colon]), value)
        }
    }

    /// The first field with this name.
    subscript(_ name: String) -> String? {
        fields.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as JSON; `.null` when it is none.
    var json: JSONTree {
        // A body that is no JSON has none of the fields that a test looks for.
        (try? JSONDecoder().decode(JSONTree.self, from: Data(body))) ?? .null
    }

    /// What a failed expectation shows.
    var summary: String {
        let head = fields.map { "\($0.name): \($0.value)" }.joined(separator: "; ")
        return "\(status) [\(head)] \(text.prefix(400))"
    }

    /// Whether it says something that is nobody's business: a path, SQL, code, a secret.
    var isTalkative: Bool {
        let said = text + fields.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
        return [
            "/tmp/", "/dev/shm", "/work/", ".swift", "SELECT ", "postgres", "password-0", "\tat ",
        ]
        .contains { said.contains($0) }
    }
}
