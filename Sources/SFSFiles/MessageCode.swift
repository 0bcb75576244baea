import CCrypto
package import SFSCore

/// HMAC-SHA-256: proof that who wrote a message knows a key.
package enum MessageCode {
    /// The code of `message` under `key`, 32 bytes.
    ///
    /// - Throws: `SFSError` with code `.unavailable` when there is no memory.
    package static func make(_ message: [UInt8], key: [UInt8]) throws(SFSError) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        let made = HMAC(
            EVP_sha256(), key, Int32(key.count), message, message.count, &code, &length)
        guard made != nil, length == 32 else {
            throw SFSError(.unavailable, "cannot sign: no memory")
        }
        return code
    }

    /// Compares two codes in a time that does not tell where they differ.
    package static func areEqual(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>)
        -> Bool
    {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
