import Logging
import SFSCore
import SFSVolume
import SFSWire

/// Reading a whole volume: names and sizes, and nothing of the bytes.
extension InventoryPass {
    /// First bytes whose folders are read in one piece of work.
    private static let partBytes = 8
    private static let noDigests = [PrefixDigest](repeating: PrefixDigest(), count: 256)
    /// So many foreign files are named in the log.
    private static let foreignNamed = 10

    /// What some folders of the volume have.
    private struct Part: Sendable {
        /// By the first byte of the hashes, and then by the second.
        var digests: [UInt8: [PrefixDigest]] = [:]
        var files: Int64 = 0
        var foreign: Int64 = 0
        /// The first of the foreign files.
        var foreignPaths: [String] = []
    }

    /// The digests of what the volume has, by the first byte of the hashes and then by the second.
    ///
    /// The threads of passes share the folders among them: with one thread the looks at the files,
    /// which wait for memory, would be most of the time of the pass.
    func volumeDigests() async throws -> [[PrefixDigest]] {
        var digests = [[PrefixDigest]](repeating: Self.noDigests, count: 256)
        var named = 0
        var rest = Self.parts()[...]
        try await withThrowingTaskGroup(of: Part.self) { group in
            func next() {
                guard let scopes = rest.popFirst() else { return }
                group.addTask { try await read(scopes) }
            }
            for _ in 0..<store.passWidth(options) { next() }
            while let part = try await group.next() {
                next()
                for (byte, found) in part.digests { digests[Int(byte)] = found }
                report.count {
                    $0.files += part.files
                    $0.foreign += part.foreign
                }
                for path in part.foreignPaths.prefix(Self.foreignNamed - named) {
                    store.logger.notice(
                        "a foreign file is left alone", metadata: ["path": "\(path)"])
                    named += 1
                }
            }
        }
        return digests
    }

    /// The whole volume in parts.
    private static func parts() -> [[ScanScope]] {
        let folders = stride(from: 0, to: 256, by: partBytes).map { first in
            (first..<first + partBytes).map { ScanScope.folders(UInt8($0)) }
        }
        return [[.top]] + folders
    }

    private func read(_ scopes: [ScanScope]) async throws -> Part {
        let (volume, report) = (service.volume, report)
        return try await store.onPassDisk {
            var part = Part()
            for scope in scopes {
                var digests = Self.noDigests
                try volume.scan(scope) { entry in
                    switch entry {
                    case .content(let hash, let size):
                        digests[Int(hash.bytes[1])].add(hash, size: size)
                        part.files += 1
                    case .foreign(let path):
                        if part.foreign < Self.foreignNamed { part.foreignPaths.append(path) }
                        part.foreign += 1
                    }
                    return !report.isStopped
                }
                // What a scan did not get to would look as if it were missing.
                try report.checkStop()
                if case .folders(let byte) = scope { part.digests[byte] = digests }
            }
            return part
        }
    }
}
