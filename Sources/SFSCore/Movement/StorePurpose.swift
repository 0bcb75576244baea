/// Why a store shall go.
package enum StorePurpose: String, Sendable, Hashable, Codable, CaseIterable {
    /// For a while.
    case stop
    /// For ever.
    case retire
}
