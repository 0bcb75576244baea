import SFSCore
import SFSFiles
import SystemPackage

/// How contents lie beneath the folder `content` of a volume.
///
/// Paths are beneath that folder.
protocol ContentLayout: Sendable {
    /// Whether a content has one name only, so that a taken name shows that it is there.
    var hasOneName: Bool { get }

    /// Where the file of `hash` is, or `nil` when it is not there; with one name only that is
    /// told without looking.
    func path(of hash: ContentHash, in content: Folder) throws -> FilePath?

    /// Where a new file of `hash` goes.
    func newPath(of hash: ContentHash, fileExtension: String) -> FilePath

    /// The folder of the file of `hash`, made when it is missing.
    ///
    /// It is on the disk when this returns, with every folder above it.
    func makeFolder(of hash: ContentHash, in content: Folder) throws(SFSError) -> Folder

    /// Calls `body` with everything in `scope`, until it returns `false`.
    func scan(
        _ content: Folder, _ scope: ScanScope, by scanner: any FolderScanner,
        _ body: (ScannedEntry) throws -> Bool) throws
}

extension VolumeLabel.Layout {
    /// The layout itself, for one volume.
    func make() -> any ContentLayout {
        switch self {
        case .fanout: FanOutLayout()
        case .pairs: PairsLayout()
        }
    }
}
