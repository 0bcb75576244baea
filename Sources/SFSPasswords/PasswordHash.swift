import CCrypt
import Glibc
package import SFSCore

/// Passwords as `crypt(5)` keeps them: a string from which nobody gets the password back.
///
/// Made with yescrypt, which is memory-hard; bcrypt strings of other programs are checked too.
/// Every function that takes a password blocks for up to a few tenths of a second and takes 64 MiB
/// meanwhile: call it on a thread of its own, and not on many at once.
package enum PasswordHash {
    /// How many bytes of UTF-8 a new password may have; the library takes no more.
    package static let lengths = 8...511

    /// yescrypt's cost, which stands for N = 16384, r = 32: 64 MiB; 80 ms on a core of 2026.
    private static let cost: UInt = 7
    /// How a string of this method and cost begins.
    private static let current = "$y$jBT$"
    private static let prefix = "$y$"
    /// bcrypt's are those that other programs made; `$2x$` is left out, it is known to be broken.
    private static let accepted = [prefix, "$2a$", "$2b$", "$2y$"]
    /// No string that is accepted is longer.
    private static let hashLengthMaximum = Int(CRYPT_OUTPUT_SIZE) - 1

    /// A string to check an unknown account's password against, so that it takes as long as a
    /// known one's; nobody has the password to it.
    package static let decoy =
        "$y$jBT$U/iMiE5hHK9fAxdV.kvpr1$UhoCPVPliyjN2ZoZraQBbsClytZ6fe4U3u8nri9UKL."

    /// The string for `password`, with a new random salt.
    ///
    /// - Throws: `SFSError` with code `.usage` when the password has a NUL byte or too few or too
    ///   many bytes.
    package static func make(_ password: String) throws(SFSError) -> String {
        guard lengths.contains(password.utf8.count), !password.utf8.contains(0) else {
            throw SFSError(
                .usage,
                "a password has \(lengths.lowerBound) to \(lengths.upperBound) bytes, none of "
                    + "them NUL")
        }
        var setting = [CChar](repeating: 0, count: Int(CRYPT_GENSALT_OUTPUT_SIZE))
        // Without bytes for a salt it takes them from the kernel.
        guard crypt_gensalt_rn(prefix, cost, nil, 0, &setting, Int32(setting.count)) != nil,
            let hash = hash(password, setting: text(setting))
        else { throw SFSError(.internal, "cannot hash a password", cause: errorNumber()) }
        return hash
    }

    /// Whether `password` is the one that `hash` was made from.
    ///
    /// The comparison takes the same time wherever they differ.
    ///
    /// - Throws: `SFSError` with code `.internal` when `hash` is of no method that is accepted.
    package static func verify(
        _ password: String, against hash: String
    ) throws(SFSError) -> Bool {
        guard accepted.contains(where: { hash.hasPrefix($0) }),
            hash.utf8.count <= hashLengthMaximum, !hash.utf8.contains(0)
        else { throw SFSError(.internal, "an account's password is kept in an unknown form") }
        // Other programs end a password at a NUL, and we made none that is so long.
        guard password.utf8.count <= lengths.upperBound, !password.utf8.contains(0) else {
            return false
        }
        guard let made = self.hash(password, setting: hash) else {
            throw SFSError(.internal, "cannot check a password", cause: errorNumber())
        }
        return ConstantTime.areEqual(made.utf8, hash.utf8)
    }

    /// Whether `hash` should be made anew when its password is next seen.
    package static func isOutdated(_ hash: String) -> Bool { !hash.hasPrefix(current) }

    /// What `crypt(3)` makes of them; `nil` when it cannot.
    private static func hash(_ password: String, setting: String) -> String? {
        var scratch = [UInt8](repeating: 0, count: sfs_crypt_data_size)
        // What it leaves there is as good as the password.
        defer { explicit_bzero(&scratch, scratch.count) }
        return scratch.withUnsafeMutableBytes { scratch in
            crypt_rn(password, setting, scratch.baseAddress, Int32(scratch.count))
                .map { String(cString: $0) }
        }
    }

    private static func text(_ characters: [CChar]) -> String {
        String(decoding: characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private static func errorNumber() -> SFSError { SFSError(.internal, "errno \(errno)") }
}
