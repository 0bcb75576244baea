import SFSConfig
import SFSCore
import SFSFiles

/// How members prove to each other that they know the cluster's key.
enum MemberToken {
    /// A bearer token made from the key, so that the key itself never travels.
    static func make(from key: Secret) throws -> String {
        let hasher = try ContentHasher(.sha256)
        (Array("stretchfs member token\n".utf8) + key.bytes).withUnsafeBytes { hasher.update($0) }
        return try hasher.finish().hex
    }
}
