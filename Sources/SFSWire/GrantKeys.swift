package import SFSCore

/// Signs grants, and checks them.
///
/// Every member derives the same keys from the cluster's key: one for each day, of which the one
/// of today signs, and those of today and yesterday are valid (and tomorrow's for as long as
/// clocks may differ). So keys rotate by themselves, and without the catalog.
package struct GrantKeys: Sendable {
    /// Makes the code of a message under a key: HMAC-SHA-256.
    package typealias Authenticate =
        @Sendable (_ message: [UInt8], _ key: [UInt8]) throws(SFSError) -> [UInt8]

    /// By how much the clocks of two members may differ.
    package static let skew: Duration = .seconds(300)

    /// Bytes of a code that travel: 128 bits.
    private static let codeLength = 16
    private static let dayMilliseconds: Int64 = 86_400_000

    private let clusterKey: [UInt8]
    private let authenticate: Authenticate

    /// `clusterKey` is what all members know and nobody else does.
    package init(clusterKey: [UInt8], authenticate: @escaping Authenticate) {
        self.clusterKey = clusterKey
        self.authenticate = authenticate
    }

    /// The text of `grant` for a URL, signed at `now`.
    package func sign(_ grant: Grant, at now: Timestamp) throws(SFSError) -> String {
        let day = Self.day(of: now)
        let bytes = grant.bytes
        let code = try code(of: grant.token, bytes, day: day)
        return Base64URL.encode([UInt8(truncatingIfNeeded: day)] + code + bytes)
    }

    /// The grant of `token` that `text` is; `nil` when it is none, or its key is not valid at `now`.
    ///
    /// Whether the grant itself is still live is another question.
    package func check(
        _ text: some StringProtocol, token: PurchaseToken, at now: Timestamp
    ) throws(SFSError) -> Grant? {
        guard let signed = Base64URL.decode(text), signed.count > 1 + Self.codeLength else {
            return nil
        }
        guard
            let day = Self.validDays(at: now).first(where: {
                UInt8(truncatingIfNeeded: $0) == signed[0]
            })
        else { return nil }
        let bytes = Array(signed[(1 + Self.codeLength)...])
        let expected = try code(of: token, bytes, day: day)
        guard ConstantTime.areEqual(signed[1...Self.codeLength], expected) else { return nil }
        return Grant(token: token, bytes: bytes)
    }

    private func code(
        of token: PurchaseToken, _ bytes: [UInt8], day: Int64
    ) throws(SFSError) -> [UInt8] {
        let key = try authenticate(Array("stretchfs grant key of day \(day)\n".utf8), clusterKey)
        return Array(try authenticate(Array(token.text.utf8) + bytes, key).prefix(Self.codeLength))
    }

    private static func day(of time: Timestamp) -> Int64 { time.milliseconds / dayMilliseconds }

    private static func validDays(at now: Timestamp) -> ClosedRange<Int64> {
        let ahead = Timestamp(
            milliseconds: now.milliseconds + skew.components.seconds * 1000)
        return (day(of: now) - 1)...day(of: ahead)
    }
}
