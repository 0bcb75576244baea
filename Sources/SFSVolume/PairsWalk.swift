import SFSCore
import SFSFiles

/// A walk through a tree in the layout `pairs`, depth first, in ascending order of the hashes.
///
/// In memory are the folders above the current one, at most 63, with up to 256 names of each.
struct PairsWalk {
    private let scope: ScanScope
    private let scanner: any FolderScanner
    /// How many more folders may be looked into; nothing is given from the others.
    private var foldersLeft: Int

    init(_ scope: ScanScope, by scanner: any FolderScanner, foldersMaximum: Int = .max) {
        self.scope = scope
        self.scanner = scanner
        foldersLeft = foldersMaximum
    }

    /// Calls `body` with everything in the folder `content`, until it returns `false`; whether it
    /// wants more.
    mutating func scan(_ content: Folder, _ body: (ScannedEntry) throws -> Bool) throws -> Bool {
        try scan(content, above: [], body)
    }

    /// What one folder has; at most one file and one folder for each of two digits.
    private struct Listing {
        var files: [UInt8: (name: String, size: Int64)] = [:]
        var folders: Set<UInt8> = []

        /// Takes a file of `byte`; of two the first by name stays, and the other's name comes back.
        mutating func add(_ name: String, _ size: Int64, as byte: UInt8) -> String? {
            let known = files[byte]
            if let known, PairsName.precedes(known.name, name) { return name }
            files[byte] = (name, size)
            return known?.name
        }
    }

    /// The same for the folder of the hashes that begin with `start`.
    private mutating func scan(
        _ folder: Folder, above start: [UInt8], _ body: (ScannedEntry) throws -> Bool
    ) throws -> Bool {
        guard foldersLeft > 0 else { return false }
        foldersLeft -= 1
        guard let listing = try list(folder, above: start, body) else { return false }
        for (byte, file) in listing.files.sorted(by: { $0.key < $1.key }) {
            let hash = try ContentHash(bytes: start + [byte])
            guard try body(.content(hash, size: file.size)) else { return false }
        }
        for byte in listing.folders.sorted()
        where !start.isEmpty || scope.firstBytes.contains(Int(byte)) {
            guard let below = try folder.folderIfThere(HexText.name(of: byte)) else { continue }
            guard try scan(below, above: start + [byte], body) else { return false }
        }
        return true
    }

    /// Reads the folder; foreign things are given at once.
    ///
    /// `nil` when no more is wanted.
    private func list(
        _ folder: Folder, above start: [UInt8], _ body: (ScannedEntry) throws -> Bool
    ) throws -> Listing? {
        var listing = Listing()
        var wantsMore = true
        let holdsFiles = HashAlgorithm(digestLength: start.count + 1) != nil
        let holdsFolders = start.count + 1 < Self.digestLengthMaximum
        try scanner.scan(folder, where: { includes($0, above: start) }) { entry in
            let name = PairsName(entry.name)
            var stranger: String? = String(decoding: entry.name, as: UTF8.self)
            if let name, entry.kind == .folder, !name.hasExtension, holdsFolders {
                listing.folders.insert(name.byte)
                stranger = nil
            } else if let name, entry.kind == .file, holdsFiles {
                stranger = listing.add(stranger ?? "", entry.size, as: name.byte)
            }
            guard let stranger, tellsForeign(above: start) else { return true }
            wantsMore = try body(.foreign(path: Self.path(of: start) + "/\(stranger)"))
            return wantsMore
        }
        return wantsMore ? listing : nil
    }

    /// Whether `name` can lead to what is in scope.
    private func includes(_ name: UnsafeRawBufferPointer, above start: [UInt8]) -> Bool {
        guard !tellsForeign(above: start), start.count < 2 else { return true }
        guard let byte = PairsName(name)?.byte else { return false }
        return start.isEmpty ? scope.firstBytes.contains(Int(byte)) : scope.includes(second: byte)
    }

    /// Whether what is foreign in the folder of the hashes that begin with `start` is given.
    private func tellsForeign(above start: [UInt8]) -> Bool {
        start.isEmpty ? scope.includesTop : scope.includesForeign
    }

    private static let digestLengthMaximum =
        HashAlgorithm.allCases.map(\.digestLength).max() ?? 0

    private static func path(of start: [UInt8]) -> String {
        start.reduce(into: "content") { $0 += "/\(HexText.name(of: $1))" }
    }
}
