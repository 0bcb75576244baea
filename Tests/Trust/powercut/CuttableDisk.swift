import ProcessFixture

/// A disk that can be copied in an instant while it is written to.
///
/// An XFS image holds the image of an ext4 disk. A reflink copy of the inner image is what a host
/// finds after its power was cut at that moment: everything that had reached the disk, and nothing
/// that was in memory only.
struct CuttableDisk: Sendable {
    /// The folder where the outer image is mounted.
    private let host: String
    /// The folder where the inner disk is mounted, be it the original or a copy.
    let point: String

    /// No data is written before it must be, and no name is held back until its data is there: the
    /// file system does nothing for those who forget to fsync.
    private static let options = "noauto_da_alloc,commit=60"

    /// The image of the original.
    private var image: String { "\(host)/disk.img" }

    /// Makes both images below `folder` and runs `body` with neither copy nor original mounted yet.
    static func with<Result>(
        in folder: String, _ body: (CuttableDisk) async throws -> Result
    ) async throws -> Result {
        let outer = "\(folder)/host.img"
        let disk = CuttableDisk(host: "\(folder)/host", point: "\(folder)/disk")
        try await run("truncate", ["--size=64G", outer]).succeeded("truncate")
        try await run("mkfs.xfs", ["-q", "-m", "reflink=1", outer]).succeeded("mkfs.xfs")
        return try await withMount(outer, at: disk.host, options: "noatime") {
            try await run("truncate", ["--size=6G", disk.image]).succeeded("truncate")
            try await run("mkfs.ext4", ["-q", "-E", "lazy_itable_init=0", disk.image])
                .succeeded("mkfs.ext4")
            return try await body(disk)
        }
    }

    /// Runs `body` while the original is mounted.
    func mounted<Result>(_ body: () async throws -> Result) async throws -> Result {
        try await withMount(image, at: point, options: Self.options, body)
    }

    /// Runs `body` while the copy `cut` is mounted in the place of the original, its journal
    /// recovered.
    func mounted<Result>(
        _ cut: String, _ body: () async throws -> Result
    ) async throws -> Result {
        try await withMount(cut, at: point, options: Self.options, body)
    }

    /// Cuts the power: copies the disk as it is now, and returns the copy's path.
    func cut(_ number: Int) async throws -> String {
        let copy = "\(host)/cut-\(number).img"
        try await run("cp", ["--reflink=always", image, copy]).succeeded("copy of the disk")
        return copy
    }
}
