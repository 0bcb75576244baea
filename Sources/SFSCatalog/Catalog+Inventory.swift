package import SFSCore
import SFSPostgres

extension Catalog {
    /// What a store should hold, extra replicas as well, by the first 16 bits of the hashes;
    /// prefixes without any are absent.
    package func digests(of store: StoreNumber) async throws -> [UInt16: PrefixDigest] {
        let rows = try await database.transaction { transaction in
            try await Self.allowTime(transaction)
            // So that as many groups as there are prefixes fit.
            try await transaction.query("SET LOCAL work_mem = '64MB'")
            return try await transaction.query(
                """
                  SELECT get_byte(hash, 0) << 8 | get_byte(hash, 1) AS prefix, count(*) AS count,
                         sum(size)::bigint AS bytes,
                         bit_xor(('x' || encode(substring(hash FROM octet_length(hash) - 7), 'hex'))
                                 ::bit(64)::bigint) AS mix
                    FROM (SELECT hash, size FROM content WHERE stores @> ARRAY[$1]::smallint[]
                          UNION ALL
                          SELECT hash, content.size FROM extra_replica JOIN content USING (hash)
                           WHERE store = $1 AND NOT stores @> ARRAY[$1]::smallint[]) AS held
                GROUP BY prefix
                """, [.int16(store.value)], timeout: Self.manyRowsTimeout)
        }
        var digests: [UInt16: PrefixDigest] = [:]
        digests.reserveCapacity(rows.count)
        for row in rows {
            let prefix: Int32 = try row[0]
            let mix: Int64 = try row[3]
            digests[UInt16(truncatingIfNeeded: prefix)] = PrefixDigest(
                count: try row[1], bytes: try row[2], mix: UInt64(bitPattern: mix))
        }
        return digests
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
