import FoundationEssentials
import ProcessFixture

/// The rows about the catalog: what the way to it costs beside PostgreSQL alone.
enum CatalogRows {
    static let all: [Row] = [
        Row(
            name: "exists", work: "exists of 10,000 hashes in one request", unit: "requests/s",
            goal: .atLeast(0.7), prepare: exists),
        Row(
            name: "purchase", work: "purchases created, 16 connections", unit: "purchases/s",
            goal: .atLeast(0.7), prepare: purchases),
    ]

    /// The statement of `Catalog.existence(of:)`.
    private static let lookup = """
          SELECT stores, array_agg(place) AS places, array_agg(size) AS sizes
            FROM unnest($1::bytea[]) WITH ORDINALITY AS asked (asked_hash, place)
            JOIN content ON hash = asked_hash
        GROUP BY stores
        """

    private static func exists(_ arena: Arena) async throws -> Contest {
        let hashes = try await arena.shelf.files(10_000, of: 4 << 10).map(\.hash)
        let (body, list) = ("\(arena.folder)/exists.json", "\(arena.folder)/exists.list")
        let quoted = hashes.map { "\"\($0)\"" }.joined(separator: ",")
        try Data("{\"hashes\":[\(quoted)]}".utf8).write(to: URL(filePath: body))
        try Data(hashes.map { $0 + "\n" }.joined().utf8).write(to: URL(filePath: list))
        let cluster = arena.cluster
        let seconds = "\(arena.options.seconds)"
        return Contest(
            ours: {
                let result = try await arena.peers.run(
                    "load",
                    [
                        "\(cluster.prismPort)", "1", seconds, "POST", "/v1/contents/exists",
                        "@\(body)", "Content-Type: application/json", StretchFS.authorization,
                    ])
                return Sample(value: result.requestsPerSecond)
            },
            theirs: {
                let result = try await arena.peers.run(
                    "lookup", [cluster.connection, list, seconds, lookup])
                return Sample(value: result.requestsPerSecond)
            }, peer: "libpq, the same statement, prepared, binary")
    }

    private static func purchases(_ arena: Arena) async throws -> Contest {
        let hash = try await arena.shelf.files(500, of: 4 << 10)[0].hash
        let (body, script) = ("\(arena.folder)/purchase.json", "\(arena.folder)/purchase.sql")
        try Data("{\"hash\":\"\(hash)\"}".utf8).write(to: URL(filePath: body))
        let cluster = arena.cluster
        let seconds = "\(arena.options.seconds)"
        // One first, so that there is a partition for its day.
        try await cluster.sfs(["purchase", hash]).succeeded("purchase")
        try Data(insert(hash).utf8).write(to: URL(filePath: script))
        return Contest(
            ours: {
                let result = try await arena.peers.run(
                    "load",
                    [
                        "\(cluster.prismPort)", "16", seconds, "POST", "/v1/purchases", "@\(body)",
                        "Content-Type: application/json", StretchFS.authorization,
                    ])
                return Sample(value: result.requestsPerSecond, p99: result.p99)
            },
            theirs: {
                let words = [
                    "-n", "-M", "prepared", "-c", "16", "-j", "2", "-T", seconds, "-f", script,
                    "-h", cluster.catalogFolder, "-U", StretchFS.catalogName,
                    StretchFS.catalogName,
                ]
                let result = try await run(try pgbench(), words).succeeded("pgbench")
                let line = result.lines.first { $0.hasPrefix("tps = ") } ?? ""
                guard
                    let rate = line.split(separator: " ").dropFirst(2).first.flatMap({ Double($0) })
                else { throw FixtureError("pgbench: \(result.text)") }
                return Sample(value: rate)
            }, peer: "pgbench -M prepared, the same row")
    }

    /// A row as `Catalog.createPurchase(_:)` adds it, with a token of its own.
    private static func insert(_ hash: String) -> String {
        """
        INSERT INTO purchase (day, token, hash, extension, name, referrers, networks, \
        life_seconds, after_life_seconds, account, created_at, expires_at) \
        SELECT day, substr(md5(random()::text || clock_timestamp()::text), 1, 20), \
        '\\x\(hash)'::bytea, 'bin', '', '{}', '{}', 7200, 7200, '', now(), \
        now() + interval '2 hours' \
        FROM (SELECT floor(extract(epoch FROM now() + interval '4 hours') / 86400)::integer + 1 \
        AS day) AS today

        """
    }

    private static func pgbench() throws -> String {
        let top = "/usr/lib/postgresql"
        let versions = try FileManager.default.contentsOfDirectory(atPath: top)
        guard let newest = versions.compactMap({ Int($0) }).max() else {
            throw FixtureError("no PostgreSQL in '\(top)'")
        }
        return "\(top)/\(newest)/bin/pgbench"
    }
}

extension StretchFS {
    /// For libpq.
    fileprivate var connection: String {
        "host=\(catalogFolder) user=\(Self.catalogName) dbname=\(Self.catalogName)"
    }
}
