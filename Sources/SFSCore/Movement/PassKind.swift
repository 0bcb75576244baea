/// A run over all of a store's volume.
package enum PassKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Compares the volume with the catalog, both ways.
    case inventory
    /// Reads all bytes again.
    case verify
}

/// How far a pass is.
package enum PassState: String, Sendable, Hashable, Codable, CaseIterable {
    case waiting
    case running
    case paused
    case done
    case failed
}
