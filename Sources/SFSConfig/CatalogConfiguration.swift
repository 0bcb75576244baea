import SFSCore

/// How the catalog's PostgreSQL is reached.
package struct CatalogConfiguration: Sendable, Hashable {
    /// A `postgresql://` URL, perhaps of several hosts; `nil` = a private server of this process.
    ///
    /// May hold a password: print `CatalogURL.withoutPassword(_:)` only.
    package let url: String?
    /// Connections for transactions, at most.
    package let connections: Int
    /// Longest run of one statement.
    package let statementTimeout: Duration
    /// Longest wait for a lock.
    package let lockTimeout: Duration
    /// Longest wait for the server at the start of the daemon.
    package let startTimeout: Duration
    /// Whom the private server runs as when the daemon is root; `nil` = `postgres`, else `nobody`.
    package let user: String?
}

extension CatalogConfiguration {
    /// Reads the section `catalog`.
    init(reading section: Section) {
        let given = section.setting("url", .catalogURL)
        let file = section.setting("urlFile", .path)
        connections = section.setting("connections", .count(1...90), default: 8)
        statementTimeout = section.setting(
            "statementTimeout", .duration(.milliseconds(100)...Duration.hours(1)),
            default: .seconds(10))
        lockTimeout = section.setting(
            "lockTimeout", .duration(.milliseconds(100)...Duration.hours(1)),
            default: .seconds(5))
        startTimeout = section.setting(
            "startTimeout", .duration(.seconds(1)...Duration.hours(1)), default: .seconds(30))
        user = section.setting("user", .text)
        if given != nil, file != nil {
            section.mistake("urlFile", "cannot be there together with 'url'")
        }
        url =
            given
            ?? file.flatMap { file in
                section.checked("urlFile") { () throws(SFSError) in
                    try SettingKind.catalogURL.parse(SecretFile.readLine(file))
                }
            }
    }
}
