import CCrypto
package import NIOCore
package import SFSCore

/// Computes the hash of bytes as they come by; libcrypto's fastest code for this processor.
///
/// Used by one thread at a time. After `finish()` it may not be used again.
package final class ContentHasher {
    /// What it computes.
    package let algorithm: HashAlgorithm
    private let context: OpaquePointer

    /// The SHA-256 of `bytes`, 32 of them.
    ///
    /// - Throws: `SFSError` with code `.unavailable` when nothing can be hashed.
    package static func sha256(of bytes: some Collection<UInt8>) throws(SFSError) -> [UInt8] {
        let hasher = try ContentHasher(.sha256)
        Array(bytes).withUnsafeBytes { hasher.update($0) }
        return try hasher.finish().bytes
    }

    /// - Throws: `SFSError` with code `.unavailable` when this machine's libcrypto refuses the
    ///   algorithm, as one in FIPS mode does with MD5.
    package init(_ algorithm: HashAlgorithm) throws(SFSError) {
        guard let context = EVP_MD_CTX_new() else {
            throw SFSError(.unavailable, "cannot hash: no memory")
        }
        guard EVP_DigestInit_ex(context, algorithm.digest, nil) == 1 else {
            EVP_MD_CTX_free(context)
            throw SFSError(.unavailable, "this machine's libcrypto refuses '\(algorithm.rawValue)'")
        }
        self.algorithm = algorithm
        self.context = context
    }

    deinit {
        EVP_MD_CTX_free(context)
    }

    /// Adds the readable bytes of `buffer`.
    package func update(_ buffer: ByteBuffer) {
        buffer.withUnsafeReadableBytes { update($0) }
    }

    /// Adds `bytes`.
    package func update(_ bytes: UnsafeRawBufferPointer) {
        // It fails only without a successful init, which `init` rules out.
        let status = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        precondition(status == 1, "a hasher is not used after its end")
    }

    /// The hash of everything that was added.
    package func finish() throws(SFSError) -> ContentHash {
        var status: CInt = 0
        let digest = [UInt8](unsafeUninitializedCapacity: algorithm.digestLength) { buffer, count in
            status = EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
            count = status == 1 ? algorithm.digestLength : 0
        }
        precondition(status == 1, "a hasher is finished once")
        return try ContentHash(bytes: digest)
    }
}

extension HashAlgorithm {
    fileprivate var digest: OpaquePointer? {
        switch self {
        case .md5: EVP_md5()
        case .sha1: EVP_sha1()
        case .sha224: EVP_sha224()
        case .sha256: EVP_sha256()
        case .sha384: EVP_sha384()
        case .sha512: EVP_sha512()
        }
    }
}
