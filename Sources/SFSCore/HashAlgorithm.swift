/// A hash function that can name contents; `sha1` unless a cluster or a client asks for another.
package enum HashAlgorithm: String, Sendable, Hashable, CaseIterable {
    case md5, sha1, sha224, sha256, sha384, sha512

    /// The algorithm that clients get when they name none.
    package static let standard = HashAlgorithm.sha1

    /// Length of a digest, in bytes.
    package var digestLength: Int {
        switch self {
        case .md5: 16
        case .sha1: 20
        case .sha224: 28
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    /// The one algorithm whose digests have `digestLength` bytes, if there is one.
    package init?(digestLength: Int) {
        guard let match = Self.allCases.first(where: { $0.digestLength == digestLength }) else {
            return nil
        }
        self = match
    }
}
