import SFSCore
import SFSPostgres

// What puts ask of the catalog, for several contents in one statement.
extension Catalog {
    /// Looks several hashes up.
    ///
    /// `OFFSET 0` keeps each look-up one of the primary key, however many rows the planner expects
    /// the table to have.
    static var lookupPlan: PostgresGathering<ContentHash, ContentLookup>.Plan {
        PostgresGathering.Plan(
            statement: """
                     SELECT \(columns), place, now() AS now,
                            coalesce(generation, deleted_generation + 1, 1) AS next_generation
                       FROM unnest($1::bytea[]) WITH ORDINALITY AS asked (asked_hash, place)
                  LEFT JOIN LATERAL (SELECT * FROM content WHERE hash = asked_hash OFFSET 0)
                            AS content ON true
                  LEFT JOIN LATERAL (SELECT generation AS deleted_generation FROM tombstone
                                      WHERE hash = asked_hash OFFSET 0) AS deleted ON true
                """,
            values: { hashes in [.bytesArray(hashes.map(\.bytes))] },
            answers: { rows, hashes in
                var found = [ContentLookup?](repeating: nil, count: hashes.count)
                for row in rows {
                    let isKnown = try row["hash"] as [UInt8]? != nil
                    found[try row["place"] - 1] = ContentLookup(
                        content: isKnown ? try record(row) : nil,
                        generation: try row["next_generation"], now: try row["now"])
                }
                return found
            })
    }

    /// Records several contents, as `record(_:)` does one.
    ///
    /// Rows are locked in the order of their hashes, so that two such statements never wait for
    /// each other. Of what was removed it is asked for all stores and since the earliest look-up:
    /// that refuses too much rather than too little, and what it refuses is tried alone.
    static var recordPlan: PostgresGathering<NewContent, RecordedContent>.Plan {
        PostgresGathering.Plan(
            statement: """
                INSERT INTO content
                            (hash, algorithm, size, extension, media_type, created_at, generation,
                             want, stores)
                     SELECT hash, algorithm, size, extension, media_type,
                            timestamptz 'epoch' + created * interval '1 millisecond', generation,
                            want, \(ascending("string_to_array(stores, ',')::smallint[]"))
                       FROM unnest($1::bytea[], $2::smallint[], $3::bigint[], $4::text[],
                                   $5::text[], $6::bigint[], $7::bigint[], $8::smallint[],
                                   $9::text[])
                         AS new (hash, algorithm, size, extension, media_type, created,
                                 generation, want, stores)
                      WHERE NOT refuse_deleted(hash, generation::integer)
                ON CONFLICT (hash) DO UPDATE
                        SET want = greatest(content.want, excluded.want), state = 1,
                            stores = \(ascending("content.stores || excluded.stores"))
                      WHERE content.size = excluded.size
                        AND content.generation = excluded.generation
                  RETURNING \(columns), xmax = 0 AS is_new,
                            refuse_deleted(hash, generation) AS is_deleted,
                            refuse_removed(hash, $10, $11) AS is_removed
                """,
            writes: true,
            values: { contents in
                let contents = contents.sorted { $0.hash < $1.hash }
                let stores = Set(contents.flatMap(\.stores)).map(\.value).sorted()
                let since = contents.map(\.since).min { $0.milliseconds < $1.milliseconds }
                return [
                    .bytesArray(contents.map(\.hash.bytes)),
                    .int16Array(contents.map { number(of: $0.hash.algorithm) }),
                    .int64Array(contents.map(\.size)),
                    .textArray(contents.map(\.attributes.fileExtension)),
                    .textArray(contents.map(\.attributes.mediaType)),
                    .int64Array(contents.map(\.attributes.created.milliseconds)),
                    .int64Array(contents.map { Int64($0.attributes.generation) }),
                    .int16Array(contents.map { Int16(clamping: $0.want) }),
                    .textArray(
                        contents.map { content in
                            content.stores.map { String($0.value) }.joined(separator: ",")
                        }),
                    .int16Array(stores), since.map { .timestamp($0) } ?? .null,
                ]
            },
            answers: { rows, contents in
                var recorded: [ContentHash: RecordedContent] = [:]
                for row in rows {
                    let content = try record(row)
                    recorded[content.hash] = RecordedContent(
                        content: content, isNew: try row["is_new"])
                }
                return contents.map { recorded[$0.hash] }
            })
    }
}
