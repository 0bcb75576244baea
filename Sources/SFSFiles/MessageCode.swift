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
}
