import PostgresFixture
import SFSCatalog
import SFSCore
import SFSPostgres
import Testing

@Suite("What a store should hold")
struct InventoryTests {
    @Test("has the digests that its volume comes to, whatever it holds", arguments: 0..<6)
    func digests(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let contents = try Self.contents(&random)
        try await PostgresFixture.withCatalog { catalog, database in
            try await Self.insert(contents, database)
            for store in Int16(1)...4 {
                var byByte = [PrefixDigest](repeating: PrefixDigest(), count: 256)
                var byPrefix: [UInt16: PrefixDigest] = [:]
                for content in contents where content.isHeld(by: store) {
                    let hash = content.hash
                    byByte[Int(hash.bytes[0])].add(hash, size: content.size)
                    byPrefix[hash.prefix, default: PrefixDigest()].add(hash, size: content.size)
                }
                let number = StoreNumber(store)
                #expect(try await catalog.digests(of: number) == byByte, "seed \(seed), \(store)")
                for byte in UInt8.min...UInt8.max {
                    let digests = try await catalog.digests(of: number, firstByte: byte)
                    let expected = byPrefix.filter { $0.key >> 8 == UInt16(byte) }
                    #expect(digests == expected, "seed \(seed), store \(store), byte \(byte)")
                }
            }
            let none = try await catalog.digests(of: StoreNumber(9))
            #expect(none.count == 256 && none.allSatisfy { $0 == PrefixDigest() })
        }
    }

    @Test("is listed by prefix, to the last one", arguments: 0..<4)
    func replicas(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let contents = try Self.contents(&random)
        try await PostgresFixture.withCatalog { catalog, database in
            try await Self.insert(contents, database)
            for prefix in Self.prefixes + [1] {
                let expected = contents.filter { $0.isHeld(by: 2) && $0.hash.prefix == prefix }
                    .sorted { $0.hash < $1.hash }
                    .map { content in
                        CountedReplica(
                            hash: content.hash, size: content.size,
                            generation: content.generation, isExtra: !content.stores.contains(2))
                    }
                let found = try await catalog.replicas(of: StoreNumber(2), prefix: prefix)
                #expect(found == expected, "seed \(seed), prefix \(prefix)")
            }
        }
    }

    @Test("differs when one file is missing, another, or of another size")
    func differences() throws {
        let digest = try self.digest(of: (0..<100).map { ($0, 10) })
        let same = try self.digest(of: (0..<100).reversed().map { ($0, 10) })
        #expect(digest == same)
        var sum = try self.digest(of: (0..<30).map { ($0, 10) })
        sum.add(try self.digest(of: (30..<100).map { ($0, 10) }))
        #expect(digest == sum)
        for changed in [
            try self.digest(of: (0..<99).map { ($0, 10) }),
            try self.digest(of: (0..<99).map { ($0, 10) } + [(99, 11)]),
            try self.digest(of: (0..<100).map { ($0, 10) } + [(99, 10)]),
        ] {
            #expect(digest != changed)
        }
        // Tails tell hashes with the same head apart; these have the same tail but one bit.
        let hashes = try [0, 1].map {
            try ContentHash(bytes: [UInt8](repeating: 7, count: 19) + [$0])
        }
        var (one, other) = (PrefixDigest(), PrefixDigest())
        one.add(hashes[0], size: 1)
        other.add(hashes[1], size: 1)
        #expect(one != other)
        #expect(one.mix == 0x0707_0707_0707_0700)
        #expect(one.count == 1 && one.bytes == 1)
    }

    private func digest(of files: [(Int, Int64)]) throws -> PrefixDigest {
        var digest = PrefixDigest()
        for (number, size) in files { digest.add(try Samples.hash(number), size: size) }
        return digest
    }

    private struct Content {
        var hash: ContentHash
        var size: Int64
        var generation: Int32
        var stores: [Int16]
        var extras: [Int16]

        func isHeld(by store: Int16) -> Bool { stores.contains(store) || extras.contains(store) }
    }

    private static let prefixes: [UInt16] = [0, 0x00ff, 0x0100, 0x8000, 0xfffe, 0xffff]

    /// Contents of all algorithms that share a few prefixes.
    private static func contents(_ random: inout SeededGenerator) throws -> [Content] {
        var contents: [ContentHash: Content] = [:]
        for _ in 0..<400 {
            let algorithm = HashAlgorithm.allCases.randomElement(using: &random) ?? .sha1
            let prefix = prefixes.randomElement(using: &random) ?? 0
            let tail = (2..<algorithm.digestLength).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let hash = try ContentHash(bytes: [UInt8(prefix >> 8), UInt8(prefix & 255)] + tail)
            let stores = (Int16(1)...4).filter { _ in Bool.random(using: &random) }
            let extras = (Int16(1)...4).filter { _ in Int.random(in: 0..<5, using: &random) == 0 }
            contents[hash] = Content(
                hash: hash, size: Int64.random(in: 0...(1 << 50), using: &random),
                generation: Int32.random(in: 1...9, using: &random), stores: stores,
                extras: extras)
        }
        return Array(contents.values)
    }

    private static func insert(_ contents: [Content], _ database: PostgresDatabase) async throws {
        _ = try await database.transaction { transaction in
            for content in contents {
                try await transaction.query(
                    """
                    WITH extra AS (
                        INSERT INTO extra_replica (hash, size, store)
                             SELECT $1, $2, unnest($5::smallint[])
                    )
                    INSERT INTO content (hash, algorithm, size, extension, media_type, generation,
                                         want, stores)
                         VALUES ($1, 1, $2, '', 'a/b', $3, 2, $4)
                    """,
                    [
                        .bytes(content.hash.bytes), .int64(content.size),
                        .int32(content.generation), .int16Array(content.stores),
                        .int16Array(content.extras),
                    ])
            }
        }
    }
}
