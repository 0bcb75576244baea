import Foundation
import Glibc
import SFSCore
import SFSFiles
import SFSVolume
import Testing

@Suite("Scanning a volume")
struct ScanTests {
    private static let choices: [ScannerChoice] = [
        .automatic, .always(.raw), .always(.portable),
    ]

    /// Puts a few contents of each algorithm; what a scan should give of them.
    private func fill(_ volume: Volume) throws -> Set<ScannedEntry> {
        var expected: Set<ScannedEntry> = []
        for (number, algorithm) in HashAlgorithm.allCases.enumerated() {
            for seed in 0..<5 {
                let bytes = VolumeFixture.bytes(100 * number + seed, seed: UInt64(seed + 1))
                let hash = try VolumeFixture.put(bytes, into: volume, algorithm: algorithm)
                expected.insert(.content(hash, size: Int64(bytes.count)))
            }
        }
        return expected
    }

    private func write(_ path: String, in fixture: VolumeFixture) throws {
        let file = URL(filePath: "\(fixture.path)/\(path)")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("x".utf8).write(to: file)
    }

    private func hash(_ entry: ScannedEntry) throws -> ContentHash {
        guard case .content(let hash, _) = entry else {
            throw SFSError(.internal, "\(entry) is no content")
        }
        return hash
    }

    @Test(
        "gives each content with its size, and in a part only those of that part",
        arguments: choices)
    func parts(choice: ScannerChoice) async throws {
        try await VolumeFixture.withEachLayout { _, volume in
            var expected = try fill(volume)
            if volume.label.layout == .pairs {
                let film = try VolumeFixture.hash(VolumeFixture.film)
                expected.insert(.content(film, size: 300_000))
            }
            let found = try VolumeFixture.scan(volume, by: choice)
            #expect(found.count == expected.count)
            #expect(Set(found) == expected)

            let byByte = try (0...255).flatMap { byte in
                try VolumeFixture.scan(volume, .firstByte(UInt8(byte)), by: choice)
                    .filter { try hash($0).bytes[0] == UInt8(byte) }
            }
            try checkPieces(of: volume, by: choice, are: found)
            #expect(byByte.count == expected.count)
            #expect(Set(byByte) == expected)
            for entry in expected {
                let prefix = try hash(entry).prefix
                for prefix in [prefix, prefix ^ 1] {
                    let part = try VolumeFixture.scan(volume, .prefix(prefix), by: choice)
                    let inPart = try expected.filter { try hash($0).prefix == prefix }
                    #expect(Set(part) == inPart)
                }
            }
        }
    }

    @Test("stops when asked to, anywhere")
    func stops() async throws {
        try await VolumeFixture.withEachLayout { fixture, volume in
            _ = try fill(volume)
            try write("content/x", in: fixture)
            let total = try VolumeFixture.scan(volume).count
            for limit in 1...total {
                var count = 0
                try volume.scan { _ in
                    count += 1
                    return count < limit
                }
                #expect(count == limit)
            }
        }
    }

    @Test("calls all else foreign, and leaves it out of a part", arguments: choices)
    func foreign(choice: ScannerChoice) async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try VolumeFixture.put([1, 2, 3], into: volume)
            let good = String(fixture.file(hash).dropFirst(fixture.path.count + 1))
            let top = good.dropLast(41)
            let strangers = [
                "content/film.mp4", "content/.hidden", "content/sha2/ab/cd", "content/sha1/film",
                "content/sha1/AB/\(hash)", "content/sha1/ab/.\(hash)", "\(top)/\(hash).mp4",
                "\(top)/\(hash.hex.uppercased())", "content/sha256\(top.dropFirst(12))/\(hash)",
                "content/sha1/00/\(String(repeating: "f", count: 40))",
                "\(top)/\(hash.hex.dropLast(2))zz",
            ]
            for path in strangers { try write(path, in: fixture) }
            let folder = "\(top)/\(hash.hex.dropLast(4))0000"
            try write("\(folder)/x", in: fixture)
            let link = "\(top)/\(hash.hex.dropLast(4))0001"
            #expect(symlink("/etc/passwd", "\(fixture.path)/\(link)") == 0)

            // A folder that is foreign is named, and not looked into.
            var expected: Set<ScannedEntry> = [.content(hash, size: 3)]
            for path in strangers + [folder, link] {
                let isOutside = path.hasPrefix("content/sha2/") || path.hasPrefix("content/sha1/AB")
                let parts = path.split(separator: "/")
                let named =
                    isOutside ? parts.prefix(path.hasPrefix("content/sha2/") ? 2 : 3) : parts[...]
                expected.insert(.foreign(path: named.joined(separator: "/")))
            }
            let found = try VolumeFixture.scan(volume, by: choice)
            #expect(Set(found) == expected)
            #expect(found.count == expected.count)
            let part = try VolumeFixture.scan(volume, .prefix(hash.prefix), by: choice)
            #expect(part == [.content(hash, size: 3)])
            try checkPieces(
                of: volume, by: choice, are: found,
                outside: [
                    "content/film.mp4", "content/.hidden", "content/sha2", "content/sha1/film",
                    "content/sha1/AB",
                ])
        }
    }

    /// The parts into which a scan of all can be cut come to it, each entry once.
    private func checkPieces(
        of volume: Volume, by choice: ScannerChoice, are found: [ScannedEntry],
        outside: [String] = []
    ) throws {
        let top = try VolumeFixture.scan(volume, .top, by: choice)
        let pieces = try (0...255).flatMap { byte in
            try VolumeFixture.scan(volume, .folders(UInt8(byte)), by: choice)
        }
        #expect(top.count + pieces.count == found.count)
        #expect(Set(top).union(pieces) == Set(found))
        #expect(Set(top) == Set(outside.map { ScannedEntry.foreign(path: $0) }))
    }

    @Test("calls foreign what is no part of the original's layout", arguments: choices)
    func foreignPairs(choice: ScannerChoice) async throws {
        try await VolumeFixture.withPairs { fixture, volume in
            let hash = try VolumeFixture.hash(VolumeFixture.film)
            let file = fixture.pairsFile(hash, fileExtension: "")
            let top = String(file.dropFirst(fixture.path.count + 1).dropLast(3))
            let strangers = [
                "content/ab.mp4", "content/.DS_Store", "content/zz/x", "\(top)/.0a.mp4",
                "\(top)/0a.", "\(top)/0A", "\(top)/0a.tar.gz", "\(top)/0aa", "\(top)/sub/x",
                "content/abc/x",
            ]
            for path in strangers { try write(path, in: fixture) }
            let named = strangers.map { path in
                ["/zz/x", "/sub/x", "/abc/x"].contains { path.hasSuffix($0) }
                    ? String(path.dropLast(2)) : path
            }
            let expected = Set(named.map { ScannedEntry.foreign(path: $0) })
                .union([.content(hash, size: 300_000)])
            let found = try VolumeFixture.scan(volume, by: choice)
            #expect(Set(found) == expected)
            #expect(found.count == expected.count)
            let part = try VolumeFixture.scan(volume, .firstByte(hash.bytes[0]), by: choice)
            #expect(part == [.content(hash, size: 300_000)])
            try checkPieces(
                of: volume, by: choice, are: found,
                outside: ["content/ab.mp4", "content/.DS_Store", "content/zz", "content/abc"])
        }
    }

    @Test("says in which way it read")
    func kinds() async throws {
        try await VolumeFixture.withVolume { _, volume in
            let kind = try volume.scan { _ in true }
            #expect(kind == .raw)
            let forced = try volume.scan(by: .always(.portable)) { _ in true }
            #expect(forced == .portable)
        }
    }

    @Test("fails when a folder cannot be read, and never calls its files missing")
    func unreadable() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try VolumeFixture.put([1, 2, 3], into: volume)
            let folder = "\(fixture.path)/content/sha1/\(hash.hex.prefix(2))"
            try VolumeFixture.output(of: "mv", folder, "\(folder)-away")
            #expect(symlink("\(folder)-away", folder) == 0)
            for choice in Self.choices {
                #expect(code { try volume.scan(by: choice) { _ in true } } == .io)
                let piece = ScanScope.folders(hash.bytes[0])
                #expect(code { try volume.scan(piece, by: choice) { _ in true } } == .io)
            }
        }
    }
}
