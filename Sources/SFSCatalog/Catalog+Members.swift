package import SFSCore
import SFSPostgres

extension Catalog {
    /// Registers a store, or updates what is known of it; it is online then, and all votes against
    /// it are void.
    ///
    /// A new one may be used for everything.
    ///
    /// - Throws: `SFSError` with code `.conflict` when the name is registered with another volume,
    ///   or the volume with another name, or the store was retired.
    package func join(_ store: StoreRegistration) async throws -> StoreRecord {
        let values: [PostgresValue] = [
            .text(store.name.text), .text(store.zone.text), .text(store.host.text),
            .text(store.volume), .optional(store.url), .int64(store.freeBytes),
            .int64(store.totalBytes), .optional(store.reach.address),
            .optional(store.reach.address6), Self.port(store.reach.httpPort),
            Self.port(store.reach.httpsPort), .optional(store.version),
        ]
        do {
            return try await database.transaction { transaction in
                try await transaction.query(
                    "DELETE FROM vote WHERE target = $1", [.text(store.name.text)])
                // Not ON CONFLICT: that takes a number from the sequence at every start.
                let updated = try await transaction.query(
                    """
                       UPDATE store
                          SET zone = $2, host = $3, url = $5, free_bytes = $6, total_bytes = $7,
                              address = $8, address6 = $9, http_port = $10, https_port = $11,
                              version = $12, problem = NULL, seen_at = now(),
                              roles = CASE WHEN retired_at IS NULL THEN \(Self.rolesOnline)
                                           ELSE roles END
                        WHERE name = $1 AND volume = $4
                    RETURNING \(Self.storeColumns)
                    """, values)
                if let row = updated.first { return try Self.inService(Self.storeRecord(row)) }
                let inserted = try await transaction.query(
                    """
                    INSERT INTO store (name, zone, host, volume, url, free_bytes, total_bytes,
                                       address, address6, http_port, https_port, version,
                                       roles)
                         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
                                 '{active,read,write,online}')
                      RETURNING \(Self.storeColumns)
                    """, values)
                return try Self.storeRecord(inserted[0])
            }
        } catch let error as SFSError where error.sqlState == Self.uniqueState {
            throw SFSError(
                .conflict,
                "store '\(store.name)' or its volume '\(store.volume)' is registered with another; "
                    + "give a new volume a new name", cause: error)
        }
    }

    /// What is known of the store called `name`; `nil` when it never joined.
    package func store(named name: MemberName) async throws -> StoreRecord? {
        try await database.query(
            "SELECT \(Self.storeColumns) FROM store WHERE name = $1", [.text(name.text)],
            retry: .idempotent
        ).first.map(Self.storeRecord)
    }

    /// All stores, by number.
    package func stores() async throws -> [StoreRecord] {
        try await database.query(
            "SELECT \(Self.storeColumns) FROM store ORDER BY number", retry: .idempotent
        ).map(Self.storeRecord)
    }

    /// Sets the epoch of a store, once for each start, after its label was advanced.
    ///
    /// - Throws: `SFSError` with code `.notFound`; `.conflict` when the epoch known is higher.
    package func setEpoch(_ epoch: Int64, of store: StoreNumber) async throws {
        let rows = try await database.query(
            """
               UPDATE store SET epoch = greatest(epoch, $2) WHERE number = $1
            RETURNING epoch
            """, [.int16(store.value), .int64(epoch)], writes: true, retry: .idempotent)
        guard let row = rows.first else { throw Self.noMember("store", store.value) }
        let known: Int64 = try row["epoch"]
        guard known == epoch else {
            throw SFSError(
                .conflict, "store \(store) has epoch \(known) in the catalog, not \(epoch)")
        }
    }

    /// A store's heartbeat: this is its state, and it is online unless others hold it to be down.
    ///
    /// With `volume` only if the number is that volume's: a catalog that was made anew may have
    /// given it to another store, in whose name nothing must be said or done.
    ///
    /// - Throws: `SFSError` with code `.notFound` when it never joined or was retired, or the
    ///   number is another's.
    package func report(
        _ store: StoreNumber, of volume: String? = nil, freeBytes: Int64, totalBytes: Int64,
        problem: String?, version: String? = nil
    ) async throws {
        let rows = try await database.query(
            """
               UPDATE store
                  SET free_bytes = $2, total_bytes = $3, problem = $4, seen_at = now(),
                      version = coalesce($5, version), roles = \(Self.rolesReported)
                WHERE number = $1 AND retired_at IS NULL AND ($6::text IS NULL OR volume = $6)
            RETURNING number
            """,
            [
                .int16(store.value), .int64(freeBytes), .int64(totalBytes), .optional(problem),
                .optional(version), .optional(volume),
            ],
            writes: true, retry: .idempotent)
        if rows.isEmpty { throw Self.noMember("store", store.value) }
    }

    /// The heartbeat of a store that is closed: its node is up, and this is why it does not serve.
    ///
    /// Nothing else changes; of a store that never joined, or joined from another host last,
    /// nothing is kept: what is configured there is not the store that the cluster knows.
    package func report(
        storeNamed name: MemberName, on host: MemberName, problem: String
    ) async throws {
        try await database.query(
            """
            UPDATE store SET problem = $3, seen_at = now()
             WHERE name = $1 AND host = $2 AND retired_at IS NULL
            """, [.text(name.text), .text(host.text), .text(problem)], writes: true,
            retry: .idempotent)
    }

    /// A store's clean stop: it is not online any more, and nobody needs to say so.
    ///
    /// With `volume` only if the number is that volume's.
    package func leave(store: StoreNumber, of volume: String? = nil) async throws {
        try await database.query(
            """
            WITH gone AS (
                   UPDATE store SET roles = array_remove(roles, 'online')
                    WHERE number = $1 AND ($2::text IS NULL OR volume = $2)
                RETURNING name
            )
            DELETE FROM vote USING gone WHERE target = name
            """, [.int16(store.value), .optional(volume)], writes: true, retry: .idempotent)
    }

    // MARK: Rows

    private static let storeColumns = """
        number, name, zone, host, volume, url, epoch, roles, free_bytes, total_bytes, problem, \
        address, address6, http_port, https_port, is_draining, version, \
        retired_at IS NOT NULL AS is_retired, \
        extract(epoch FROM clock_timestamp() - seen_at)::float8 AS seconds_since_seen
        """

    private static func storeRecord(_ row: PostgresRow) throws(SFSError) -> StoreRecord {
        StoreRecord(
            facts: StoreFacts(
                number: StoreNumber(try row["number"]),
                name: try MemberName(parsing: try row["name"] as String),
                zone: try MemberName(parsing: try row["zone"] as String),
                host: try MemberName(parsing: try row["host"] as String),
                roles: try roles(row), freeBytes: try row["free_bytes"],
                totalBytes: try row["total_bytes"]),
            url: try row["url"],
            reach: StoreReach(
                address: try row["address"], address6: try row["address6"],
                httpPort: try row["http_port"], httpsPort: try row["https_port"]),
            volume: try row["volume"], epoch: try row["epoch"],
            secondsSinceSeen: try row["seconds_since_seen"], problem: try row["problem"],
            isDraining: try row["is_draining"], isRetired: try row["is_retired"],
            version: try row["version"])
    }

    private static func inService(_ store: StoreRecord) throws(SFSError) -> StoreRecord {
        guard !store.isRetired else {
            throw SFSError(
                .conflict,
                "store '\(store.facts.name)' was retired; give the volume a new name")
        }
        return store
    }

    /// unique_violation.
    private static let uniqueState = "23505"

    private static func port(_ number: Int?) -> PostgresValue {
        number.map { .int32(Int32(clamping: $0)) } ?? .null
    }

    /// The roles in the column `roles`.
    static func roles(_ row: PostgresRow) throws(SFSError) -> Set<Role> {
        Set((try row["roles"] as [String]).compactMap { Role(rawValue: $0) })
    }

    /// What is thrown for a number that is not there.
    static func noMember(_ kind: String, _ number: Int16) -> SFSError {
        SFSError(.notFound, "the catalog has no \(kind) \(number)")
    }
}
