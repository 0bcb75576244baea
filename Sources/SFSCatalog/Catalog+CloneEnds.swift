package import SFSCore
import SFSPostgres

extension Catalog {
    /// The commit of a clone or move: counts the replica that is durable on the task's store, and
    /// ends the task, both or neither (promises.md "Clone").
    ///
    /// `since` is what the catalog's clock said before the file was looked for or pulled: a
    /// replica that was removed from there since is not counted. A `move` makes a task `remove`
    /// for its source; when that has another task for the content, that one goes on, and the
    /// source keeps its replica. A replica for load is noted as an extra one; one that counts is
    /// never also extra.
    package func finishClone(_ task: TaskRecord, since: Timestamp) async throws -> CloneEnd {
        try await database.transaction { transaction in
            guard try await Self.lock(task, transaction) else { return .notOurs }
            // From here on nobody changes the row: what the next statement sees is how it is.
            let isLive = try await !transaction.query(
                """
                SELECT FROM content
                 WHERE hash = $1 AND generation = $2 AND size = $3
                   FOR NO KEY UPDATE
                """,
                [.bytes(task.hash.bytes), .int32(task.generation), .int64(task.size)]
            ).isEmpty
            guard isLive, try await !Self.wasRemoved(task, since: since, transaction) else {
                try await Self.end(task, transaction)
                return .contentChanged
            }
            if task.isExtra {
                try await Self.addExtra(task, transaction)
            } else {
                try await Self.count(task, transaction)
            }
            try await Self.end(
                task, more: Self.removeSource(of: task, transaction), transaction)
            return .counted
        }
    }

    /// The commit of a restore: brings a deleted content back with the replica that is on the
    /// task's store again, and ends the task, both or neither.
    ///
    /// The first replica makes the content, as its tombstone says it was, and as `attributes` say
    /// where that is silent; the others are added. It has the task's generation: one more than was
    /// deleted.
    package func finishRestore(
        _ task: TaskRecord, attributes: ContentAttributes, size: Int64
    ) async throws -> CloneEnd {
        try await database.transaction { transaction in
            guard try await Self.lock(task, transaction) else { return .notOurs }
            let isMade = try await Self.revive(task, attributes, size: size, transaction)
            // It may be there of a put or of another store's restore, too.
            let isLive = try await !transaction.query(
                """
                SELECT FROM content
                 WHERE hash = $1 AND generation = $2 AND size = $3
                   FOR NO KEY UPDATE
                """, [.bytes(task.hash.bytes), .int32(task.generation), .int64(size)]
            ).isEmpty
            // Whoever deletes has the content's row first, and we have it now: no tombstone that
            // could matter is still to be committed.
            guard isLive, try await !Self.isDeleted(task, transaction) else {
                if isMade { try await Self.unmake(task, transaction) }
                try await Self.end(task, transaction)
                return .contentChanged
            }
            try await Self.count(task, transaction)
            try await Self.end(task, transaction)
            return .counted
        }
    }

    /// Whether the replica was taken off the content since.
    private static func wasRemoved(
        _ task: TaskRecord, since: Timestamp, _ transaction: PostgresTransaction
    ) async throws -> Bool {
        try await !transaction.query(
            "SELECT FROM removal WHERE hash = $1 AND store = $2 AND removed_at >= $3",
            [.bytes(task.hash.bytes), .int16(task.store.value), .timestamp(since)]
        ).isEmpty
    }

    /// Adds the task's store to its content, whose row is locked.
    private static func count(
        _ task: TaskRecord, _ transaction: PostgresTransaction
    ) async throws {
        let values: [PostgresValue] = [.bytes(task.hash.bytes), .int16(task.store.value)]
        try await transaction.query(
            """
            UPDATE content
               SET state = 1, stores = \(ascending("stores || $2::smallint"))
             WHERE hash = $1
            """, values)
        try await transaction.query(
            "DELETE FROM extra_replica WHERE hash = $1 AND store = $2", values)
    }

    /// Notes an extra replica on the task's store unless it counts; the content's row is locked.
    private static func addExtra(
        _ task: TaskRecord, _ transaction: PostgresTransaction
    ) async throws {
        try await transaction.query(
            """
            INSERT INTO extra_replica (hash, size, store)
                 SELECT hash, size, $2::smallint
                   FROM content
                  WHERE hash = $1 AND $2 <> ALL (stores)
            ON CONFLICT DO NOTHING
            """, [.bytes(task.hash.bytes), .int16(task.store.value)])
    }

    /// Has the source of a `move` give its replica up if it is counted; returns the number of
    /// tasks made.
    private static func removeSource(
        of task: TaskRecord, _ transaction: PostgresTransaction
    ) async throws -> Int64 {
        guard task.kind == .move, let source = task.source, source != task.store else { return 0 }
        let made = try await transaction.query(
            """
            INSERT INTO task AS known
                        (kind, hash, generation, size, store, plan, priority, actor, reason)
                 SELECT 'remove', hash, generation, size, $2, $3, $4, $5, $6
                   FROM content
                  WHERE hash = $1 AND $2 = ANY (stores)
            \(takingPlaceOfFailed)
              RETURNING number
            """,
            [
                .bytes(task.hash.bytes), .int16(source.value), .optional(task.plan),
                .int16(Int16(clamping: task.priority)), .text(task.actor), .text(task.reason),
            ])
        return Int64(made.count)
    }

    /// Makes the content of a `restore`, without a store, unless it is there.
    ///
    /// Two of its stores may do this at once: the second waits for the first, and makes nothing.
    private static func revive(
        _ task: TaskRecord, _ attributes: ContentAttributes, size: Int64,
        _ transaction: PostgresTransaction
    ) async throws -> Bool {
        try await !transaction.query(
            """
            INSERT INTO content (hash, algorithm, size, extension, media_type, created_at,
                                 generation, want, stores)
                 SELECT $1, $2, $3, coalesce(extension, $4), coalesce(media_type, $5),
                        coalesce(created_at, $6), $7,
                        greatest(coalesce(want, cardinality(stores)), 1), '{}'
                   FROM tombstone
                  WHERE hash = $1 AND generation = $7 - 1 AND coalesce(size, $3) = $3
            ON CONFLICT DO NOTHING
              RETURNING hash
            """,
            [
                .bytes(task.hash.bytes), .int16(number(of: task.hash.algorithm)), .int64(size),
                .text(attributes.fileExtension), .text(attributes.mediaType),
                .timestamp(attributes.created), .int32(task.generation),
            ]
        ).isEmpty
    }

    /// Whether the generation of a `restore` was deleted in turn.
    private static func isDeleted(
        _ task: TaskRecord, _ transaction: PostgresTransaction
    ) async throws -> Bool {
        try await !transaction.query(
            "SELECT FROM tombstone WHERE hash = $1 AND generation >= $2",
            [.bytes(task.hash.bytes), .int32(task.generation)]
        ).isEmpty
    }

    /// Takes back what `revive` made in the same transaction.
    private static func unmake(
        _ task: TaskRecord, _ transaction: PostgresTransaction
    ) async throws {
        try await transaction.query(
            "DELETE FROM content WHERE hash = $1", [.bytes(task.hash.bytes)])
    }
}
