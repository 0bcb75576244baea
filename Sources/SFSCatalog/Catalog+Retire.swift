package import SFSCore
import SFSPostgres

extension Catalog {
    /// Takes a store off all contents and out of the cluster for ever, with a line in the audit,
    /// unless a content needs it.
    ///
    /// A content does not need it when it has as many replicas as it should have on stores that
    /// are neither this one nor `lost`, and no rule protects the one here. Each row is asked while
    /// it is locked. Many rows take many transactions: a store that is refused half-way, because a
    /// content came to need it meanwhile, is draining then and has fewer contents; what it lost
    /// is counted again by an inventory. Done twice it is the same as done once.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    package func retire(
        _ store: MemberName, lost: [StoreNumber], actor: String
    ) async throws -> RetireCheck {
        guard let known = try await self.store(named: store) else { throw Self.noStore(store) }
        let number = known.facts.number
        if !known.isRetired {
            let needed = try await contents(needing: number, lost: lost)
            guard needed == 0 else { return .refused(contents: needed) }
            // New contents go elsewhere from now on, so that this comes to an end.
            try await setDraining(store, true, actor: actor)
        }
        try await takeOffAll(number, lost: lost)
        guard !known.isRetired else { return .retired }
        if let refusal = try await sign(off: store, number, lost: lost, actor: actor) {
            return refusal
        }
        // A put that was recorded in the same moment may have counted it once more.
        try await takeOffAll(number, lost: lost)
        return .retired
    }

    /// The number of contents that need the store.
    private func contents(needing store: StoreNumber, lost: [StoreNumber]) async throws -> Int64 {
        try await database.transaction { transaction in
            try await Self.allowTime(transaction)
            return try await transaction.query(
                """
                SELECT count(*) FROM content
                 WHERE stores @> ARRAY[$1]::smallint[] AND NOT \(Self.isDispensable)
                """, [.int16(store.value), .int16Array(lost.map(\.value))],
                timeout: Self.manyRowsTimeout)[0][0]
        }
    }

    /// Takes the store off all contents that do not need it, some at a time.
    private func takeOffAll(_ store: StoreNumber, lost: [StoreNumber]) async throws {
        var changed: Int64 = 1
        while changed > 0 {
            changed = try await database.transaction { transaction in
                try await Self.allowTime(transaction)
                let rows = try await transaction.query(
                    """
                      SELECT hash FROM content
                       WHERE stores @> ARRAY[$1]::smallint[] AND \(Self.isDispensable)
                       LIMIT \(Self.retiredPerTransaction)
                    """, [.int16(store.value), .int16Array(lost.map(\.value))],
                    timeout: Self.manyRowsTimeout)
                let hashes = try rows.map { try $0["hash"] as [UInt8] }
                return try await Self.takeOff(store, hashes, lost: lost, transaction)
            }
        }
    }

    private static func takeOff(
        _ store: StoreNumber, _ hashes: [[UInt8]], lost: [StoreNumber],
        _ transaction: PostgresTransaction
    ) async throws -> Int64 {
        guard !hashes.isEmpty else { return 0 }
        // In the order of hashes, and asked again.
        try await transaction.query(
            "SELECT FROM content WHERE hash = ANY ($1) ORDER BY hash FOR UPDATE",
            [.bytesArray(hashes)])
        let changed: Int64 = try await transaction.query(
            """
            WITH changed AS (
                   UPDATE content SET stores = array_remove(stores, $1)
                    WHERE hash = ANY ($3) AND $1 = ANY (stores) AND \(isDispensable)
                RETURNING hash
            )
            SELECT count(*) FROM changed
            """,
            [.int16(store.value), .int16Array(lost.map(\.value)), .bytesArray(hashes)],
            timeout: manyRowsTimeout)[0][0]
        // They changed in between: the next look finds out.
        return max(changed, 1)
    }

    /// Takes the store out of service if no content counts it any more; else says how many do.
    private func sign(
        off name: MemberName, _ store: StoreNumber, lost: [StoreNumber], actor: String
    ) async throws -> RetireCheck? {
        try await database.transaction { transaction in
            try await Self.allowTime(transaction)
            try await transaction.query(
                "SELECT FROM store WHERE number = $1 FOR UPDATE", [.int16(store.value)])
            // What its tasks add to contents is there by now, or will not come.
            try await transaction.query(
                "SELECT FROM task WHERE store = $1 ORDER BY hash FOR UPDATE",
                [.int16(store.value)], timeout: Self.manyRowsTimeout)
            let left: Int64 = try await transaction.query(
                "SELECT count(*) FROM content WHERE stores @> ARRAY[$1]::smallint[]",
                [.int16(store.value)], timeout: Self.manyRowsTimeout)[0][0]
            guard left == 0 else { return .refused(contents: left) }
            try await transaction.query(
                Self.dropTasks("store = $1"), [.int16(store.value)],
                timeout: Self.manyRowsTimeout)
            for table in ["extra_replica", "pass", "hold"] {
                try await transaction.query(
                    "DELETE FROM \(table) WHERE store = $1", [.int16(store.value)],
                    timeout: Self.manyRowsTimeout)
            }
            try await transaction.query(
                "DELETE FROM vote WHERE target = $1", [.text(name.text)])
            try await transaction.query(
                """
                WITH changed AS (
                       UPDATE store SET roles = '{}', retired_at = now(), is_draining = false
                        WHERE number = $1 AND retired_at IS NULL
                    RETURNING name
                )
                INSERT INTO audit (actor, action, subject, reason)
                     SELECT $2, 'retire-store', name, '' FROM changed
                """, [.int16(store.value), .text(actor)])
            return nil
        }
    }

    private static let retiredPerTransaction = 2000

    /// SQL: a content has enough replicas without the store `$1` and those of `$2`, and may give
    /// up the one on `$1`.
    private static let isDispensable = """
        ((SELECT count(*) FROM unnest(stores) AS number
           WHERE number <> $1 AND number <> ALL ($2))
         >= greatest(want, coalesce((SELECT copy_minimum FROM rule
                                      WHERE rule.hash = content.hash), 0))
         AND NOT EXISTS (SELECT FROM rule
                          WHERE rule.hash = content.hash
                            AND (is_protected OR $1 = ANY (protected_stores || forced_stores))))
        """
}
