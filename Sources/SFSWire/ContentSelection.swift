package import SFSCore

/// Which contents are meant; exactly one field is set, so nothing ever means "all" by default.
package struct ContentSelection: Sendable, Hashable, Codable {
    /// These, up to `hashesMaximum`.
    package var hashes: [ContentHash]?
    /// Those whose hash begins with these hex digits, 1 to 128 of them.
    package var prefix: String?
    /// Those of which this store holds a replica.
    package var store: MemberName?
    /// Those of which a store of this zone holds a replica.
    package var zone: MemberName?
    /// `true` = every one.
    package var all: Bool?

    package init(
        hashes: [ContentHash]? = nil, prefix: String? = nil, store: MemberName? = nil,
        zone: MemberName? = nil, all: Bool? = nil
    ) {
        self.hashes = hashes
        self.prefix = prefix
        self.store = store
        self.zone = zone
        self.all = all
    }

    /// How many hashes one selection may have.
    package static let hashesMaximum = 10_000
}
