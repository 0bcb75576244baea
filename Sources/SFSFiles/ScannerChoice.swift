/// How a scanner is chosen.
package enum ScannerChoice: Sendable, Hashable {
    /// The raw one, and the portable one from the moment on that the system refuses it.
    case automatic
    /// That one, whatever comes.
    case always(ScannerKind)

    /// A new scanner of this choice.
    package func scanner() -> any FolderScanner {
        switch self {
        case .automatic: AutomaticScanner(trying: RawScanner())
        case .always(.raw): RawScanner()
        case .always(.portable): PortableScanner()
        }
    }
}

/// Scans in the raw way until the system refuses that, and then in the portable one.
package final class AutomaticScanner: FolderScanner {
    private let raw: RawScanner
    private let portable = PortableScanner()
    private var isRefused = false

    package var kind: ScannerKind { isRefused ? .portable : .raw }

    /// Begins with `raw`.
    package init(trying raw: RawScanner) {
        self.raw = raw
    }

    package func scan(
        _ folder: Folder, where isWanted: (UnsafeRawBufferPointer) -> Bool,
        _ body: (FolderEntry) throws -> Bool
    ) throws {
        if !isRefused {
            isRefused = try raw.scanUnlessRefused(folder, where: isWanted, body) != nil
        }
        if isRefused { try portable.scan(folder, where: isWanted, body) }
    }
}
