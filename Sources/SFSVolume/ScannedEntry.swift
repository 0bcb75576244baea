package import SFSCore

/// What a scan of a volume comes upon.
package enum ScannedEntry: Sendable, Hashable {
    /// A file where a content of that name belongs; `size` in bytes.
    ///
    /// Nothing is known of its bytes.
    case content(ContentHash, size: Int64)
    /// Something else under `content/`, by its path beneath the volume, made fit for print.
    ///
    /// It is nobody's, and is left alone.
    case foreign(path: String)
}

extension ScannedEntry {
    /// Something foreign of the name `name` in the folder `path` of the volume.
    static func foreign(_ name: UnsafeRawBufferPointer, in path: String) -> ScannedEntry {
        .foreign(path: "\(path)/\(String(decoding: name, as: UTF8.self))")
    }
}
