package import SFSCore
import SFSPostgres

extension Catalog {
    /// Counts the good file of a store that the catalog does not (promise D10); done twice it is
    /// the same as done once.
    ///
    /// All its bytes were hashed since `since`, by the catalog's clock. A content that lives takes
    /// it in, whatever generation the file is of: the bytes are the same. `attributes` are for one
    /// that is not known, with `want` replicas; `nil`, or a generation of 0, says that the file has
    /// lost its own, so that nobody knows whether it is older than a deletion.
    ///
    /// `rebuilds` is for a catalog that was lost: the content gets the greatest generation of all
    /// its files. Without it nothing is adopted until the rebuild has ended, since tombstones may
    /// be missing.
    package func adopt(
        _ hash: ContentHash, size: Int64, attributes: ContentAttributes?, on store: StoreNumber,
        want: Int, rebuilds: Bool = false, since: Timestamp
    ) async throws -> Adoption {
        let generation = max(attributes?.generation ?? 1, 1)
        let values: [PostgresValue] = [
            .bytes(hash.bytes), .int16(store.value), .int64(size), .int32(generation),
            .bool(rebuilds), .timestamp(since), .int16(Self.number(of: hash.algorithm)),
            .text(attributes?.fileExtension ?? ""),
            .text(attributes?.mediaType ?? "application/octet-stream"),
            attributes.map { .timestamp($0.created) } ?? .null,
            .int16(Int16(clamping: max(want, 1))),
        ]
        do {
            let rows = try await database.query(
                Self.adoptStatement, values, writes: true, retry: .idempotent)
            guard let row = rows.first else { return .refused }
            return .counted(generation: try row["generation"], isNew: try row["is_new"])
        } catch let error as SFSError where error.sqlState == Self.removedState {
            return .refused
        } catch let error as SFSError where error.sqlState == Self.deletedState {
            return try await adoptInSpite(hash, size: size, on: store, since: since)
        }
    }

    /// One statement, as `record` is, for the same reasons.
    ///
    /// The only replica of a damaged content is known to be bad: the good one takes its place.
    private static let adoptStatement = """
        WITH promoted AS (
            DELETE FROM extra_replica WHERE hash = $1 AND store = $2
        )
        INSERT INTO content AS known
                    (hash, algorithm, size, extension, media_type, created_at, generation, want,
                     stores)
             SELECT $1, $7, $3, $8, $9, coalesce($10, now()), $4, $11, ARRAY[$2]::smallint[]
              WHERE NOT refuse_deleted($1, $4)
                AND ($5 OR NOT EXISTS (SELECT FROM cluster WHERE is_rebuilding))
        ON CONFLICT (hash) DO UPDATE
                SET stores = CASE WHEN known.state = 2 THEN excluded.stores
                                  ELSE \(ascending("known.stores || excluded.stores")) END,
                    state = 1,
                    generation = CASE WHEN $5 THEN greatest(known.generation, excluded.generation)
                                      ELSE known.generation END
              WHERE known.size = excluded.size
          RETURNING generation, xmax = 0 AS is_new,
                    refuse_deleted(hash, generation) AS is_deleted,
                    refuse_removed(hash, ARRAY[$2]::smallint[], $6) AS is_removed
        """

    /// For a file of a generation that was deleted: it counts only if its content was put again.
    ///
    /// The order to put it into the trash is void then: it would take a replica that counts.
    private func adoptInSpite(
        _ hash: ContentHash, size: Int64, on store: StoreNumber, since: Timestamp
    ) async throws -> Adoption {
        do {
            return try await database.transaction { transaction in
                let deleted: Int32? = try await transaction.query(
                    "SELECT generation FROM tombstone WHERE hash = $1", [.bytes(hash.bytes)]
                ).first.map { try $0["generation"] }
                try await transaction.query(
                    "SELECT FROM task WHERE hash = $1 AND store = $2 FOR UPDATE",
                    [.bytes(hash.bytes), .int16(store.value)])
                let rows = try await transaction.query(
                    """
                       UPDATE content
                          SET stores = CASE WHEN state = 2 THEN ARRAY[$2]::smallint[]
                                            ELSE \(Self.ascending("stores || $2")) END,
                              state = 1
                        WHERE hash = $1
                    RETURNING generation, size, refuse_removed(hash, ARRAY[$2]::smallint[], $3)
                    """, [.bytes(hash.bytes), .int16(store.value), .timestamp(since)])
                guard let row = rows.first else { return .deleted(generation: deleted ?? 1) }
                guard try row["size"] == size else {
                    throw SFSError(.conflict, "'\(hash)' has another size")
                }
                try await transaction.query(
                    Self.dropTasks("hash = $1 AND store = $2 AND kind = 'trash'"),
                    [.bytes(hash.bytes), .int16(store.value)])
                try await transaction.query(
                    "DELETE FROM extra_replica WHERE hash = $1 AND store = $2",
                    [.bytes(hash.bytes), .int16(store.value)])
                return .counted(generation: try row["generation"], isNew: false)
            }
        } catch let error as SFSError
            where error.code == .conflict || error.sqlState == Self.removedState
        {
            return .refused
        }
    }
}
