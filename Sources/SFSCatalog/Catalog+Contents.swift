package import SFSCore
import SFSPostgres

extension Catalog {
    /// How many hashes one question may have.
    package static let contentsPerQuestionMaximum = 10_000

    /// What is known of `hash`; `nil` when the cluster does not hold it.
    package func content(_ hash: ContentHash) async throws -> ContentRecord? {
        try await database.query(
            "SELECT \(Self.columns) FROM content WHERE hash = $1", [.bytes(hash.bytes)],
            retry: .idempotent
        ).first.map(Self.record)
    }

    /// What is known of each of `hashes` that the cluster holds, in no order.
    ///
    /// - Throws: `SFSError` with code `.tooLarge` for more than `contentsPerQuestionMaximum`.
    package func contents(_ hashes: [ContentHash]) async throws -> [ContentRecord] {
        guard hashes.count <= Self.contentsPerQuestionMaximum else {
            throw SFSError(
                .tooLarge,
                "\(hashes.count) hashes in one question; ask for up to "
                    + "\(Self.contentsPerQuestionMaximum) at once")
        }
        let statement = "SELECT \(Self.columns) FROM content WHERE hash = ANY ($1)"
        let values: [PostgresValue] = [.bytesArray(hashes.map(\.bytes))]
        // Many take long, and would hold up the quick look-ups of others on a shared connection.
        guard hashes.count > Self.contentsSharedMaximum else {
            return try await database.query(statement, values, retry: .idempotent)
                .map(Self.record)
        }
        return try await database.transaction { try await $0.query(statement, values) }
            .map(Self.record)
    }

    /// What is known of `hash`, and what a put of it must carry.
    package func lookup(_ hash: ContentHash) async throws -> ContentLookup {
        if let found = try await lookups.answer(hash) { return found }
        return try await lookups.answerAlone(hash)
    }

    /// The commit of a put: adds the content, or adds stores to the one that is there.
    ///
    /// One statement, so one transaction, which contents that are put at the same time share; done
    /// twice it is the same as done once, and it is sent again when the connection breaks. The
    /// attributes of a content that is there stay as they are; it wants the greater number of
    /// replicas, and is not damaged any more.
    ///
    /// - Throws: `SFSError` with code `.conflict` when this generation was deleted meanwhile, one
    ///   of the replicas was removed since they were looked for, or the content that is there has
    ///   another generation or size.
    package func record(_ content: NewContent) async throws -> RecordedContent {
        // What is refused for one of several is refused for all: alone, each hears its own reason.
        if let recorded = try await records.answer(content) { return recorded }
        let rows: [PostgresRow]
        do {
            rows = try await database.query(
                """
                INSERT INTO content
                            (hash, algorithm, size, extension, media_type, created_at, generation,
                             want, stores)
                     SELECT $1, $2, $3, $4, $5, $6, $7, $8, \(Self.ascending("$9::smallint[]"))
                      WHERE NOT refuse_deleted($1, $7)
                ON CONFLICT (hash) DO UPDATE
                        SET want = greatest(content.want, excluded.want), state = 1,
                            stores = \(Self.ascending("content.stores || excluded.stores"))
                      WHERE content.size = excluded.size
                        AND content.generation = excluded.generation
                  RETURNING \(Self.columns), xmax = 0 AS is_new,
                            refuse_deleted(hash, generation) AS is_deleted,
                            refuse_removed(hash, $9, $10) AS is_removed
                """,
                [
                    .bytes(content.hash.bytes), .int16(Self.number(of: content.hash.algorithm)),
                    .int64(content.size), .text(content.attributes.fileExtension),
                    .text(content.attributes.mediaType), .timestamp(content.attributes.created),
                    .int32(content.attributes.generation), .int16(Int16(clamping: content.want)),
                    .int16Array(content.stores.map(\.value)), .timestamp(content.since),
                ], writes: true, retry: .idempotent)
        } catch let error as SFSError
            where [Self.deletedState, Self.removedState].contains(error.sqlState)
        {
            throw Self.changed(content.hash, cause: error)
        }
        guard let row = rows.first else { throw Self.changed(content.hash, cause: nil) }
        return RecordedContent(content: try Self.record(row), isNew: try row["is_new"])
    }

    /// Takes stores off a content that they proved not to hold, with a line in the audit; a
    /// store that is not recorded there changes nothing.
    package func removeReplicas(
        of hash: ContentHash, on stores: [StoreNumber], actor: String, reason: String
    ) async throws {
        try await database.query(
            """
            WITH marked AS (
                INSERT INTO removal AS known (hash, store, removed_at)
                     SELECT $1, number, clock_timestamp() FROM unnest($2::smallint[]) AS number
                ON CONFLICT (hash, store) DO UPDATE SET removed_at = excluded.removed_at
            ), forgotten AS (
                DELETE FROM extra_replica WHERE hash = $1 AND store = ANY ($2)
            ), changed AS (
                   UPDATE content
                      SET stores = ARRAY (
                          SELECT number FROM unnest(stores) AS number
                           WHERE number <> ALL ($2) ORDER BY number)
                    WHERE hash = $1 AND stores && $2
                RETURNING encode(hash, 'hex') AS subject
            )
            INSERT INTO audit (actor, action, subject, reason)
                 SELECT $3, 'remove-replica', subject || ' on ' || array_to_string($2, ','), $4
                   FROM changed
            """,
            [
                .bytes(hash.bytes), .int16Array(stores.map(\.value)), .text(actor), .text(reason),
            ], writes: true, retry: .idempotent)
    }

    // MARK: Rows

    /// Beyond this many hashes a question gets a connection of its own.
    static let contentsSharedMaximum = 100
    /// What `refuse_deleted` fails with.
    static let deletedState = "SFS01"
    /// What `refuse_removed` fails with.
    static let removedState = "SFS02"

    /// For SELECT and RETURNING, where the table is called `content`.
    static let columns = """
        content.hash, content.size, content.extension, content.media_type, content.created_at, \
        content.generation, content.want, content.stores, content.state = 2 AS is_damaged, \
        \(extras) AS extras
        """

    /// SQL for the stores with an extra replica, ascending; one that counts is none.
    static let extras = """
        ARRAY (SELECT store FROM extra_replica
                WHERE extra_replica.hash = content.hash AND store <> ALL (content.stores)
             ORDER BY store)
        """

    /// SQL for the distinct elements of an array, ascending.
    static func ascending(_ array: String) -> String {
        "ARRAY (SELECT DISTINCT number FROM unnest(\(array)) AS number ORDER BY number)"
    }

    /// The number that stands for an algorithm in the table.
    static func number(of algorithm: HashAlgorithm) -> Int16 {
        switch algorithm {
        case .md5: 1
        case .sha1: 2
        case .sha224: 3
        case .sha256: 4
        case .sha384: 5
        case .sha512: 6
        }
    }

    static func record(_ row: PostgresRow) throws(SFSError) -> ContentRecord {
        let stores: [Int16] = try row["stores"]
        return ContentRecord(
            hash: try ContentHash(bytes: try row["hash"]), size: try row["size"],
            attributes: ContentAttributes(
                fileExtension: try row["extension"], mediaType: try row["media_type"],
                created: try row["created_at"], generation: try row["generation"]),
            want: try row["want"], stores: stores.map { StoreNumber($0) },
            extras: (try row["extras"] as [Int16]).map { StoreNumber($0) },
            isDamaged: try row["is_damaged"])
    }

    private static func changed(_ hash: ContentHash, cause: (any Error)?) -> SFSError {
        SFSError(
            .conflict, "'\(hash)' was deleted, removed or put again meanwhile; put it again",
            cause: cause)
    }
}
