package import SFSCore

/// A purchase that is to be made.
package struct NewPurchase: Sendable, Hashable {
    /// What may be read.
    package var hash: ContentHash
    /// Extension that is put behind the file name in the URL, without its dot; may be empty.
    ///
    /// `nil` = that of the content.
    package var fileExtension: String?
    /// File name for the URL; `""` when there is none.
    package var name: String
    /// Sites from which it may be used; none = from anywhere.
    package var referrers: [Referrer]
    /// Addresses from which it may be used; none = from anywhere.
    package var networks: [IPNetwork]
    /// How long it may be used, in seconds, not negative.
    package var lifeSeconds: Int64
    /// How long it is remembered after that, in seconds, not negative.
    package var afterLifeSeconds: Int64
    /// The account that buys it; `""` when it is none.
    package var account: String
    /// The letter with which its token begins.
    package var zone: Character

    package init(
        hash: ContentHash, fileExtension: String?, name: String = "", referrers: [Referrer] = [],
        networks: [IPNetwork] = [], lifeSeconds: Int64, afterLifeSeconds: Int64,
        account: String = "", zone: Character
    ) {
        self.hash = hash
        self.fileExtension = fileExtension
        self.name = name
        self.referrers = referrers
        self.networks = networks
        self.lifeSeconds = lifeSeconds
        self.afterLifeSeconds = afterLifeSeconds
        self.account = account
        self.zone = zone
    }
}
