import Foundation
import Glibc
import SFSCore
import SFSFiles
import SystemPackage
import Testing

@Suite("A folder scanner")
struct FolderScannerTests {
    private struct Found: Hashable {
        let name: [UInt8]
        let kind: FileStatus.Kind
        let size: Int64
    }

    private static let choices: [ScannerChoice] = [
        .automatic, .always(.raw), .always(.portable),
    ]

    private func scan(
        _ folder: Folder, by scanner: any FolderScanner,
        where isWanted: (UnsafeRawBufferPointer) -> Bool = { _ in true }
    ) throws -> [Found] {
        var found: [Found] = []
        try scanner.scan(folder, where: isWanted) { entry in
            // What is no file has a size of its own kind, which nobody asks for.
            let size = entry.kind == .file ? entry.size : 0
            found.append(Found(name: Array(entry.name), kind: entry.kind, size: size))
            return true
        }
        return found
    }

    private func write(_ count: Int, to name: [UInt8], in folder: Folder) throws {
        let path = FilePath(platformString: name.map { CChar(bitPattern: $0) } + [0])
        let file = try folder.createFile(path, permissions: 0o600)
        try testBytes(count).withUnsafeBytes { try file.write($0, at: 0) }
    }

    @Test(
        "gives the names of any bytes, the kinds and the sizes that stat gives",
        arguments: choices)
    func all(choice: ScannerChoice) async throws {
        try await withTemporaryFolder { folder, root in
            let odd: [[UInt8]] = [
                [0xFF, 0xFE], [0x0A], Array("...".utf8), Array(".hidden".utf8),
                [UInt8](repeating: 0x61, count: 255), Array("ü".utf8), [0x20],
            ]
            for (index, name) in odd.enumerated() { try write(index * 1000, to: name, in: folder) }
            try folder.makeFolder("folder")
            #expect(symlink("/etc", "\(root)/link") == 0)
            #expect(symlink("nowhere", "\(root)/dangling") == 0)
            #expect(mkfifo("\(root)/pipe", 0o600) == 0)

            var expected = odd.enumerated().map { index, name in
                Found(name: name, kind: .file, size: Int64(index * 1000))
            }
            for (name, kind) in [
                ("folder", FileStatus.Kind.folder), ("link", .symbolicLink),
                ("dangling", .symbolicLink), ("pipe", .other),
            ] {
                expected.append(Found(name: Array(name.utf8), kind: kind, size: 0))
            }
            let scanner = choice.scanner()
            for _ in 0..<2 {
                let found = try scan(folder, by: scanner)
                #expect(found.count == expected.count)
                #expect(Set(found) == Set(expected))
            }
        }
    }

    @Test("gives each of many files once, on a disk and in memory", arguments: choices)
    func many(choice: ScannerChoice) async throws {
        try await withTemporaryFolder { folder, root in
            let memory = FilePath("/dev/shm/sfs-scan-\(UploadID.random())")
            try FileManager.default.createDirectory(
                atPath: memory.string, withIntermediateDirectories: false)
            defer { try? FileManager.default.removeItem(atPath: memory.string) }
            for folder in [folder, try Folder.open(memory)] {
                for number in 0..<10_000 {
                    _ = try folder.createFile(FilePath("file-\(number)"), permissions: 0o600)
                }
                let found = try scan(folder, by: choice.scanner())
                let names = Set((0..<10_000).map { Array("file-\($0)".utf8) })
                #expect(found.count == names.count)
                #expect(Set(found.map(\.name)) == names)
            }
        }
    }

    @Test("looks only at what is wanted, and stops when asked to", arguments: choices)
    func wanted(choice: ScannerChoice) async throws {
        try await withTemporaryFolder { folder, _ in
            for name in ["a1", "a2", "b1", "b2", "b3"] {
                try write(1, to: Array(name.utf8), in: folder)
            }
            let scanner = choice.scanner()
            let found = try scan(folder, by: scanner) { $0.first == UInt8(ascii: "b") }
            #expect(
                Set(found.map(\.name)) == [Array("b1".utf8), Array("b2".utf8), Array("b3".utf8)])

            var count = 0
            try scanner.scan(folder, where: { _ in true }) { _ in
                count += 1
                return count < 2
            }
            #expect(count == 2)
            #expect(throws: CancellationError.self) {
                try scanner.scan(folder, where: { _ in true }) { _ in throw CancellationError() }
            }
            #expect(try scan(folder, by: scanner).count == 5)
        }
    }

    @Test("gives nothing of an empty folder", arguments: choices)
    func empty(choice: ScannerChoice) async throws {
        try await withTemporaryFolder { folder, _ in
            let found = try scan(folder, by: choice.scanner())
            #expect(found.isEmpty)
        }
    }

    @Test("passes over what goes away while it runs", arguments: choices)
    func goes(choice: ScannerChoice) async throws {
        try await withTemporaryFolder { folder, root in
            for number in 0..<100 { try write(1, to: Array("\(number)".utf8), in: folder) }
            var count = 0
            try choice.scanner().scan(folder, where: { _ in true }) { _ in
                count += 1
                try output(of: "find", root, "-type", "f", "-delete")
                return true
            }
            #expect((1...100).contains(count))
        }
    }

    @Test("goes on in the portable way when the system refuses the raw one")
    func refused() async throws {
        try await withTemporaryFolder { folder, _ in
            for number in 0..<1000 { try write(number, to: Array("\(number)".utf8), in: folder) }
            // The kernel answers EINVAL where not even one entry has room.
            let raw = RawScanner(bufferSize: 8)
            #expect(throws: SFSError.self) { try scan(folder, by: raw) }
            let scanner = AutomaticScanner(trying: RawScanner(bufferSize: 8))
            #expect(scanner.kind == .raw)
            let found = try scan(folder, by: scanner)
            #expect(found.count == 1000)
            #expect(Set(found) == Set(try scan(folder, by: RawScanner())))
            #expect(scanner.kind == .portable)
            #expect(try scan(folder, by: scanner).count == 1000)
        }
    }

    @Test("reads a folder that takes many pieces")
    func pieces() async throws {
        try await withTemporaryFolder { folder, _ in
            for number in 0..<1000 { try write(1, to: Array("\(number)".utf8), in: folder) }
            let scanner = AutomaticScanner(trying: RawScanner(bufferSize: 512))
            #expect(Set(try scan(folder, by: scanner).map(\.name)).count == 1000)
            #expect(scanner.kind == .raw)
        }
    }
}
