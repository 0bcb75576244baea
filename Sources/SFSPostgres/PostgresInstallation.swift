import Glibc
import SFSCore

/// The programs of one PostgreSQL version on this machine.
struct PostgresInstallation: Sendable, Hashable {
    /// The folder of `postgres` and `initdb`.
    let folder: String
    /// The major version, for example 15.
    let version: Int

    /// The programs that can run the data of version `dataVersion`, or the newest when `nil`.
    ///
    /// Blocks the thread.
    ///
    /// - Throws: `SFSError` with code `.configuration` when there are none.
    static func find(dataVersion: Int?) throws(SFSError) -> PostgresInstallation {
        let all = candidates().compactMap { PostgresInstallation(folder: $0) }
        guard let newest = all.max(by: { $0.version < $1.version }) else {
            throw SFSError(
                .configuration,
                "PostgreSQL is not installed; install the package 'postgresql'")
        }
        guard let dataVersion else { return newest }
        guard let match = all.first(where: { $0.version == dataVersion }) else {
            throw SFSError(
                .configuration,
                "the catalog was made by PostgreSQL \(dataVersion) and \(newest.version) is "
                    + "installed; install the package 'postgresql-\(dataVersion)'")
        }
        return match
    }

    /// A folder with the programs of a server; `nil` when they are not there or do not run.
    private init?(folder: String) {
        guard ["postgres", "initdb"].allSatisfy({ Self.isExecutable("\(folder)/\($0)") }) else {
            return nil
        }
        let program = Program(path: "\(folder)/postgres", arguments: ["--version"], folder: "/")
        // One that does not run is as good as none.
        guard let (status, output) = try? program.run(), status == 0,
            // postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)
            let number = output.split(separator: " ").dropFirst(2).first,
            let version = Int(String(number.prefix { $0.isNumber }))
        else { return nil }
        self.folder = folder
        self.version = version
    }

    /// Where the programs may be: on the path, where `pg_config` says, where Debian has them.
    private static func candidates() -> [String] {
        let path = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? ""
        let folders = path.split(separator: ":").map(String.init)
        var candidates = folders
        for folder in folders where isExecutable("\(folder)/pg_config") {
            let program = Program(
                path: "\(folder)/pg_config", arguments: ["--bindir"], folder: "/")
            // One that does not run tells nothing.
            if let (status, output) = try? program.run(), status == 0 {
                candidates.append(String(output.prefix { $0 != "\n" }))
            }
        }
        candidates += FolderListing.names(in: "/usr/lib/postgresql")
            .map { "/usr/lib/postgresql/\($0)/bin" }
        return candidates.filter { $0.hasPrefix("/") }
    }

    private static func isExecutable(_ path: String) -> Bool {
        unsafe access(path, X_OK) == 0
    }
}
