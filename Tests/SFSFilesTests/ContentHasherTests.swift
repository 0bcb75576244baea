import NIOCore
import SFSCore
import SFSFiles
import SystemPackage
import Testing

@Suite("Hashing")
struct ContentHasherTests {
    @Test("agrees with the system's tools for every algorithm", arguments: HashAlgorithm.allCases)
    func againstTools(algorithm: HashAlgorithm) async throws {
        let bytes = testBytes(3_000_001)
        try await withTemporaryFolder { _, path in
            try write(bytes, to: "\(path)/file")
            let line = try output(of: "\(algorithm.rawValue)sum", "\(path)/file")
            let expected = line.prefix { $0 != " " }
            let file = try FileHash.hash(FilePath("\(path)/file"), with: algorithm)
            #expect(file.hash.hex == expected)
            #expect(file.size == 3_000_001)

            let hasher = try ContentHasher(algorithm)
            hasher.update(ByteBuffer(bytes: bytes[..<1000]))
            bytes[1000...].withUnsafeBytes { hasher.update($0) }
            #expect(try hasher.finish() == file.hash)
        }
    }

    @Test("of nothing is the hash of nothing")
    func empty() throws {
        let hash = try ContentHasher(.sha1).finish()
        #expect(hash.hex == "da39a3ee5e6b4b0d3255bfef95601890afd80709")
    }

    @Test("of a file stops at a limit, tells its progress and can go on from there")
    func limit() async throws {
        let bytes = testBytes(2_500_000)
        try await withTemporaryFolder { folder, path in
            try write(bytes, to: "\(path)/file")
            let file = try folder.openFile("file")
            var seen: [Int64] = []
            let part = try FileHash.hash(file, with: .sha256, limit: 1_500_000) { seen.append($0) }
            #expect(part.size == 1_500_000)
            #expect(seen.last == 1_500_000)
            #expect(seen == seen.sorted())

            let hasher = try ContentHasher(.sha256)
            try FileHash.feed(hasher, from: file, count: 1_500_000)
            bytes[1_500_000...].withUnsafeBytes { hasher.update($0) }
            #expect(try hasher.finish() == FileHash.hash(file, with: .sha256).hash)
        }
    }

    @Test("of a part refuses a file that is shorter than that")
    func tooShort() async throws {
        try await withTemporaryFolder { folder, path in
            try write([1, 2, 3], to: "\(path)/file")
            let file = try folder.openFile("file")
            let error = try #require(throws: SFSError.self) {
                try FileHash.feed(ContentHasher(.md5), from: file, count: 4)
            }
            #expect(error.code == .io)
        }
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        let file = try FileDescriptor.open(
            path, .writeOnly, options: .create, permissions: .ownerReadWrite)
        try file.closeAfter { _ = try file.writeAll(bytes) }
    }
}
