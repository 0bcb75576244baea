package import SFSCore
import SFSPostgres

extension Catalog {
    /// How many contents one page of rules may have.
    package static let rulesPerPageMaximum = 1000

    /// The rules of a content; `nil` when it has none.
    package func rules(of hash: ContentHash) async throws -> ContentRules? {
        try await database.query(
            "SELECT \(Self.ruleColumns) FROM rule WHERE hash = $1", [.bytes(hash.bytes)],
            retry: .idempotent
        ).first.map(Self.rules)
    }

    /// Sets all rules of a content, with a line in the audit; nothing moves by that alone.
    ///
    /// - Throws: `SFSError` with code `.notFound` when there is no such content; `.usage` for
    ///   numbers of copies that cannot be.
    package func setRules(
        _ rules: ContentRules, of hash: ContentHash, actor: String
    ) async throws {
        let least = rules.copyMinimum ?? 1
        guard least >= 1, rules.copyMaximum ?? least >= least else {
            throw SFSError(
                .usage,
                "a content cannot have between \(least) and "
                    + "\(rules.copyMaximum ?? least) copies")
        }
        let rows = try await database.query(
            """
            WITH target AS (
                SELECT hash FROM content WHERE hash = $1 FOR KEY SHARE
            ), changed AS (
                INSERT INTO rule (hash, copy_minimum, copy_maximum, is_forced, is_protected,
                                  forced_stores, protected_stores, banned_stores)
                     SELECT hash, $2, $3, $4, $5, $6, $7, $8 FROM target
                ON CONFLICT (hash) DO UPDATE
                        SET copy_minimum = excluded.copy_minimum,
                            copy_maximum = excluded.copy_maximum,
                            is_forced = excluded.is_forced, is_protected = excluded.is_protected,
                            forced_stores = excluded.forced_stores,
                            protected_stores = excluded.protected_stores,
                            banned_stores = excluded.banned_stores
                  RETURNING hash
            ), written AS (
                INSERT INTO audit (actor, action, subject, reason)
                     SELECT $9, 'set-rules', encode(hash, 'hex'), $10 FROM changed
            )
            SELECT FROM changed
            """, Self.values(of: rules, for: hash) + [.text(actor), .text(rules.summary)],
            writes: true, retry: .idempotent)
        guard !rows.isEmpty else { throw SFSError(.notFound, "there is no content '\(hash)'") }
    }

    /// Takes all rules off a content, with a line in the audit; `false` when it has none.
    package func clearRules(of hash: ContentHash, actor: String) async throws -> Bool {
        try await !database.query(
            """
            WITH changed AS (
                DELETE FROM rule WHERE hash = $1 RETURNING hash
            ), written AS (
                INSERT INTO audit (actor, action, subject, reason)
                     SELECT $2, 'clear-rules', encode(hash, 'hex'), '' FROM changed
            )
            SELECT FROM changed
            """, [.bytes(hash.bytes), .text(actor)], writes: true
        ).isEmpty
    }

    /// A page of the contents that have rules: those after `hash`, or the first ones for `nil`.
    ///
    /// `limit` counts up to `rulesPerPageMaximum`.
    package func rules(
        after hash: ContentHash?, limit: Int
    ) async throws -> [(ContentHash, ContentRules)] {
        try await database.query(
            """
              SELECT hash, \(Self.ruleColumns) FROM rule WHERE hash > $1 ORDER BY hash LIMIT $2
            """,
            [
                .bytes(hash?.bytes ?? []),
                .int32(Int32(clamping: min(max(limit, 0), Self.rulesPerPageMaximum))),
            ], retry: .idempotent
        ).map { row in (try ContentHash(bytes: try row["hash"]), try Self.rules(row)) }
    }

    // MARK: Rows

    /// The columns that `rules(_:)` reads.
    static let ruleColumns = """
        copy_minimum, copy_maximum, is_forced, is_protected, forced_stores, protected_stores, \
        banned_stores
        """

    /// The rules in a row with `ruleColumns`.
    static func rules(_ row: PostgresRow) throws(SFSError) -> ContentRules {
        ContentRules(
            copyMinimum: try row["copy_minimum"], copyMaximum: try row["copy_maximum"],
            isForced: try row["is_forced"], isProtected: try row["is_protected"],
            forcedStores: try stores(row["forced_stores"]),
            protectedStores: try stores(row["protected_stores"]),
            bannedStores: try stores(row["banned_stores"]))
    }

    private static func stores(_ numbers: [Int16]) -> Set<StoreNumber> {
        Set(numbers.map { StoreNumber($0) })
    }

    private static func values(
        of rules: ContentRules, for hash: ContentHash
    ) -> [PostgresValue] {
        func copies(_ count: Int?) -> PostgresValue {
            count.map { .int16(Int16(clamping: $0)) } ?? .null
        }
        func numbers(_ stores: Set<StoreNumber>) -> PostgresValue {
            .int16Array(stores.map(\.value).sorted())
        }
        return [
            .bytes(hash.bytes), copies(rules.copyMinimum), copies(rules.copyMaximum),
            .bool(rules.isForced), .bool(rules.isProtected), numbers(rules.forcedStores),
            numbers(rules.protectedStores), numbers(rules.bannedStores),
        ]
    }
}

extension ContentRules {
    /// What the audit says of them.
    fileprivate var summary: String {
        func list(_ name: String, _ stores: Set<StoreNumber>) -> String? {
            stores.isEmpty
                ? nil : "\(name) \(stores.sorted().map(\.description).joined(separator: ","))"
        }
        let parts = [
            copyMinimum.map { "at least \($0)" }, copyMaximum.map { "at most \($0)" },
            isForced ? "forced" : nil, isProtected ? "protected" : nil,
            list("forced on", forcedStores), list("protected on", protectedStores),
            list("banned on", bannedStores),
        ]
        return parts.compactMap { $0 }.joined(separator: ", ")
    }
}
