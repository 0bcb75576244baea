package import SFSCore

/// A content as the API shows it (`protocol.md` 1.5); the same names in `--json`.
package struct ContentReply: Sendable, Hashable, Codable {
    package var hash: ContentHash
    /// Bytes.
    package var size: Int64
    /// How many stores hold it: `map.count`.
    package var copies: Int
    /// How many stores should hold it.
    package var desiredCopies: Int
    /// Names of the stores that hold it.
    package var map: [MemberName]
    /// Media type.
    package var mimeType: String
    /// Extension without its dot, `""` when there is none.
    package var mimeExtension: String
    package var createdAt: Timestamp
    /// Whether this request made the content known; absent where nothing was put.
    package var isNew: Bool?

    package init(
        hash: ContentHash, size: Int64, desiredCopies: Int, map: [MemberName],
        mimeType: String, mimeExtension: String, createdAt: Timestamp, isNew: Bool? = nil
    ) {
        self.hash = hash
        self.size = size
        copies = map.count
        self.desiredCopies = desiredCopies
        self.map = map
        self.mimeType = mimeType
        self.mimeExtension = mimeExtension
        self.createdAt = createdAt
        self.isNew = isNew
    }
}

/// One content and the state of each of its replicas.
package struct ContentDetail: Sendable, Hashable, Codable {
    package var content: ContentReply
    package var replicas: [Replica]

    package init(content: ContentReply, replicas: [Replica]) {
        self.content = content
        self.replicas = replicas
    }

    /// One replica as the catalog has it.
    package struct Replica: Sendable, Hashable, Codable {
        package var store: MemberName
        package var zone: MemberName
        package var host: MemberName
        /// Whether the store is in service and alive.
        package var online: Bool

        package init(store: MemberName, zone: MemberName, host: MemberName, online: Bool) {
            self.store = store
            self.zone = zone
            self.host = host
            self.online = online
        }
    }
}

/// A question about many contents at once.
package struct ExistsRequest: Sendable, Hashable, Codable {
    /// Up to `contentsPerRequestMaximum`, repeats allowed.
    package var hashes: [ContentHash]

    /// How many hashes one request may carry.
    package static let contentsPerRequestMaximum = 10_000

    package init(hashes: [ContentHash]) {
        self.hashes = hashes
    }
}

/// The answer, one entry per hash in the order of the question.
package struct ExistsReply: Sendable, Hashable, Codable {
    package var contents: [Entry]

    package init(contents: [Entry]) {
        self.contents = contents
    }

    /// What is known of one hash.
    package struct Entry: Sendable, Hashable, Codable {
        package var hash: ContentHash
        /// Whether the catalog has it with at least one replica.
        package var exists: Bool
        /// How many stores hold it.
        package var copies: Int
        /// Bytes; 0 when it does not exist.
        package var size: Int64

        package init(hash: ContentHash, exists: Bool, copies: Int, size: Int64) {
            self.hash = hash
            self.exists = exists
            self.copies = copies
            self.size = size
        }
    }
}
