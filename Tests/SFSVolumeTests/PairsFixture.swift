import Foundation
import SFSCore
import SFSFiles
import SFSVolume
import SystemPackage

extension VolumeFixture {
    /// Runs `body` with an open volume in the original's layout that has one content, `film`.
    static func withPairs<Result>(
        _ body: (VolumeFixture, Volume) async throws -> Result
    ) async throws -> Result {
        try await with { fixture in
            try fixture.plant(film, fileExtension: "mp4")
            _ = try Volume.adopt(fixture.path, as: identity, takesOver: false)
            return try await body(fixture, fixture.open())
        }
    }

    /// Runs `body` with an open volume of each layout.
    static func withEachLayout(
        _ body: (VolumeFixture, Volume) async throws -> Void
    ) async throws {
        try await withVolume(body)
        try await withPairs(body)
    }

    /// The content that a volume of `withPairs(_:)` has from the start.
    static let film = VolumeFixture.bytes(300_000, seed: 77)

    /// Puts a file where the original would; its hash.
    @discardableResult
    func plant(
        _ bytes: [UInt8], algorithm: HashAlgorithm = .sha1, fileExtension: String
    ) throws -> ContentHash {
        let hash = try Self.hash(bytes, algorithm)
        let file = URL(filePath: pairsFile(hash, fileExtension: fileExtension))
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        return hash
    }

    /// Where the file of `hash` is in the original's layout.
    func pairsFile(_ hash: ContentHash, fileExtension: String) -> String {
        let digits = Array(hash.hex)
        let pairs = stride(from: 0, to: digits.count, by: 2).map { String(digits[$0...$0 + 1]) }
        let dot = fileExtension.isEmpty ? "" : "."
        return "\(path)/content/\(pairs.joined(separator: "/"))\(dot)\(fileExtension)"
    }

    static func hash(
        _ bytes: [UInt8], _ algorithm: HashAlgorithm = .sha1
    ) throws -> ContentHash {
        let hasher = try ContentHasher(algorithm)
        bytes.withUnsafeBytes { hasher.update($0) }
        return try hasher.finish()
    }

    /// What a scan gives.
    static func scan(
        _ volume: Volume, _ scope: ScanScope = .all, by choice: ScannerChoice = .automatic
    ) throws -> [ScannedEntry] {
        var entries: [ScannedEntry] = []
        try volume.scan(scope, by: choice) { entry in
            entries.append(entry)
            return true
        }
        return entries
    }

    /// Every file beneath a folder of the volume, by its path beneath that.
    func files(in folder: String) throws -> [String] {
        try Self.output(of: "find", "\(path)/\(folder)", "-type", "f", "-printf", "%P\\n")
            .split(separator: "\n").map(String.init).sorted()
    }
}
