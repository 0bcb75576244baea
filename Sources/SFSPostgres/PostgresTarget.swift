import CLibPQ
import SFSCore

/// One host of a database's URL with everything that libpq is told to connect to it.
struct PostgresTarget: Sendable {
    /// For the log.
    let name: String
    /// libpq's keywords and their values; later ones win.
    let settings: [(keyword: String, value: String)]

    /// The hosts of `url` in its order, at least one.
    ///
    /// libpq could go through several hosts itself, but without a limit in time for each unless
    /// it blocks; so each becomes a target of its own.
    ///
    /// - Throws: `SFSError` with code `.configuration`; it does not repeat the URL, which may
    ///   hold a password.
    static func all(in url: String, options: PostgresOptions) throws(SFSError) -> [PostgresTarget] {
        var given = try parse(url)
        let hosts = list(given.removeValue(forKey: "host"))
        let addresses = list(given.removeValue(forKey: "hostaddr"))
        let ports = list(given.removeValue(forKey: "port"))
        let count = max(hosts.count, addresses.count, 1)
        guard hosts.isEmpty || hosts.count == count, addresses.isEmpty || addresses.count == count,
            ports.count <= 1 || ports.count == count
        else {
            throw SFSError(
                .configuration, "'catalog.url' must have as many ports and addresses as hosts")
        }
        let session = sessionSettings(options) + (given.removeValue(forKey: "options") ?? "")
        let common = defaults(options) + given.map { ($0.key, $0.value) } + [("options", session)]
        return (0..<count).map { index in
            let host = hosts.isEmpty ? "" : hosts[index]
            let address = addresses.isEmpty ? "" : addresses[index]
            let port = ports.isEmpty ? "" : ports[ports.count == 1 ? 0 : index]
            return PostgresTarget(
                name: "\(host.isEmpty ? address : host):\(port.isEmpty ? "5432" : port)",
                settings: common + [("host", host), ("hostaddr", address), ("port", port)])
        }
    }

    /// What holds unless the URL says otherwise.
    private static func defaults(_ options: PostgresOptions) -> [(String, String)] {
        [
            ("application_name", options.applicationName),
            ("client_encoding", "UTF8"),
            ("target_session_attrs", "read-write"),
            ("keepalives", "1"),
            ("keepalives_idle", "10"),
            ("keepalives_interval", "3"),
            ("keepalives_count", "3"),
            ("tcp_user_timeout", "\(options.unacknowledgedTimeout.milliseconds)"),
        ]
    }

    private static func sessionSettings(_ options: PostgresOptions) -> String {
        let idle = options.idleInTransactionTimeout.milliseconds
        return "-c statement_timeout=\(options.statementTimeout.milliseconds)"
            + " -c lock_timeout=\(options.lockTimeout.milliseconds)"
            + " -c idle_in_transaction_session_timeout=\(idle) "
    }

    private static func list(_ text: String?) -> [String] {
        guard let text, !text.isEmpty else { return [] }
        return text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }

    private static func parse(_ url: String) throws(SFSError) -> [String: String] {
        guard let parsed = unsafe PQconninfoParse(url, nil) else {
            throw SFSError(
                .configuration,
                "'catalog.url' is not a PostgreSQL URL; write postgresql://user@host/database")
        }
        defer { unsafe PQconninfoFree(parsed) }
        var settings: [String: String] = [:]
        var next = unsafe parsed
        while let keyword = unsafe next.pointee.keyword {
            if let value = unsafe next.pointee.val {
                unsafe settings[String(cString: keyword)] = unsafe String(cString: value)
            }
            unsafe next += 1
        }
        return settings
    }
}
