package import SFSCore
import SFSPostgres

extension Catalog {
    /// What a store should hold, extra replicas as well, by the first byte of the hashes: 256
    /// digests.
    ///
    /// Not by 16 bits: a group for each takes the database three times as long as the rows in it.
    package func digests(of store: StoreNumber) async throws -> [PrefixDigest] {
        let rows = try await digests(
            by: "get_byte(hash, 0)", where: "stores @> ARRAY[$1]::smallint[]", of: store)
        var digests = [PrefixDigest](repeating: PrefixDigest(), count: 256)
        for (byte, digest) in rows { digests[Int(byte)] = digest }
        return digests
    }

    /// The same of the hashes that begin with `byte`, by their first 16 bits; prefixes without any
    /// are absent.
    package func digests(
        of store: StoreNumber, firstByte byte: UInt8
    ) async throws -> [UInt16: PrefixDigest] {
        // `= ANY`, and not `@>`: that would have the index of stores read for so few hashes.
        let rows = try await digests(
            by: "get_byte(hash, 0) << 8 | get_byte(hash, 1)", where: "$1 = ANY (stores)",
            of: store, beginningWith: byte)
        return Dictionary(uniqueKeysWithValues: rows.map { (UInt16($0.key), $0.digest) })
    }

    /// The digests of the groups that `key` makes of what `isHeld` or is an extra replica.
    private func digests(
        by key: String, where isHeld: String, of store: StoreNumber,
        beginningWith byte: UInt8? = nil
    ) async throws -> [(key: Int32, digest: PrefixDigest)] {
        let range =
            byte == nil ? "" : "AND hash >= $2 AND ($3::bytea IS NULL OR hash < $3)"
        let bounds = byte.map { byte -> [PostgresValue] in
            [.bytes([byte]), byte == .max ? .null : .bytes([byte + 1])]
        }
        let rows = try await database.transaction { transaction in
            try await Self.allowTime(transaction)
            return try await transaction.query(
                """
                  SELECT \(key) AS key, count(*) AS count, sum(size)::bigint AS bytes,
                         bit_xor(('x' || encode(substring(hash FROM octet_length(hash) - 7), 'hex'))
                                 ::bit(64)::bigint) AS mix
                    FROM (SELECT hash, size FROM content WHERE \(isHeld) \(range)
                          UNION ALL
                          SELECT hash, content.size FROM extra_replica JOIN content USING (hash)
                           WHERE store = $1 AND NOT $1 = ANY (stores) \(range)) AS held
                GROUP BY key
                """,
                [.int16(store.value)] + (bounds ?? []), timeout: Self.manyRowsTimeout)
        }
        return try rows.map { row in
            let mix: Int64 = try row[3]
            return (
                key: try row[0],
                digest: PrefixDigest(
                    count: try row[1], bytes: try row[2], mix: UInt64(bitPattern: mix))
            )
        }
    }

    /// The replicas that a store should hold whose hashes begin with `prefix`, extra ones as well,
    /// by hash.
    package func replicas(
        of store: StoreNumber, prefix: UInt16
    ) async throws -> [CountedReplica] {
        func bytes(_ prefix: UInt16) -> PostgresValue {
            .bytes([UInt8(prefix >> 8), UInt8(prefix & 255)])
        }
        // `= ANY`, and not `@>`: that would have the index of stores read for so few hashes.
        let rows = try await database.query(
            """
               SELECT hash, content.size, generation, NOT $1 = ANY (stores) AS is_extra
                 FROM content
                WHERE hash >= $2 AND ($3::bytea IS NULL OR hash < $3)
                  AND ($1 = ANY (stores)
                       OR EXISTS (SELECT FROM extra_replica
                                   WHERE extra_replica.hash = content.hash AND store = $1))
             ORDER BY hash
            """,
            [
                .int16(store.value), bytes(prefix),
                prefix == .max ? .null : bytes(prefix + 1),
            ], retry: .idempotent)
        return try rows.map { row in
            CountedReplica(
                hash: try ContentHash(bytes: try row["hash"]), size: try row["size"],
                generation: try row["generation"], isExtra: try row["is_extra"])
        }
    }
}
