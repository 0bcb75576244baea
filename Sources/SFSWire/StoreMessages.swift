package import SFSCore

/// What a store says of itself.
package struct StoreHealth: Sendable, Hashable, Codable {
    /// Who answers.
    package var name: MemberName
    /// Bytes that may still be written, the reserve taken off.
    package var freeBytes: Int64
    /// Bytes of the whole volume.
    package var totalBytes: Int64
    /// Why the store should not be used, for a person; `nil` when it is well.
    package var problem: String?
    /// The version of the program that answers.
    package var version: String
    /// What its machine's clock said when it answered.
    package var clock: Timestamp
    /// The device that its volume is on, by a name that only means something on its host; `nil` =
    /// not known.
    package var device: String?

    package init(
        name: MemberName, freeBytes: Int64, totalBytes: Int64, problem: String?,
        version: String = Version.text, clock: Timestamp = .now(), device: String? = nil
    ) {
        self.name = name
        self.freeBytes = freeBytes
        self.totalBytes = totalBytes
        self.problem = problem
        self.version = version
        self.clock = clock
        self.device = device
    }
}

/// What a store found in the bytes that it received.
package struct ReceivedBytes: Sendable, Hashable, Codable {
    /// The hash that the store computed itself.
    package var hash: ContentHash
    /// Number of bytes.
    package var size: Int64

    package init(hash: ContentHash, size: Int64) {
        self.hash = hash
        self.size = size
    }
}

/// The order to make received bytes a content.
package struct CommitOrder: Sendable, Hashable, Codable {
    /// The name they must match.
    package var hash: ContentHash
    /// What is kept beside the bytes.
    package var attributes: ContentAttributes

    package init(hash: ContentHash, attributes: ContentAttributes) {
        self.hash = hash
        self.attributes = attributes
    }
}

/// What a store holds under one hash.
package struct ReplicaFacts: Sendable, Hashable, Codable {
    /// Number of bytes of the file.
    package var size: Int64
    /// What is kept beside the bytes; `nil` when the file has lost its extended attributes.
    package var attributes: ContentAttributes?

    package init(size: Int64, attributes: ContentAttributes?) {
        self.size = size
        self.attributes = attributes
    }
}

/// Bytes of a replica on their way out of a store.
package struct ReplicaBody: Sendable {
    /// Size of the whole content in bytes.
    package var size: Int64
    /// Which of them `bytes` carries.
    package var offsets: Range<Int64>
    /// Exactly `offsets.count` bytes, or it throws.
    package var bytes: ByteStream

    package init(size: Int64, offsets: Range<Int64>, bytes: ByteStream) {
        self.size = size
        self.offsets = offsets
        self.bytes = bytes
    }
}

/// A replica whose bytes were just compared with its name, and matched.
package struct VerifiedReplica: Sendable, Hashable, Codable {
    /// Number of bytes.
    package var size: Int64
    /// When it matched, by the store's clock.
    package var verifiedAt: Timestamp

    package init(size: Int64, verifiedAt: Timestamp) {
        self.size = size
        self.verifiedAt = verifiedAt
    }
}
