import CLinux
import Glibc
import SFSCore

extension ServerFolder {
    private var unfinishedData: String { "\(path)/data.new" }

    /// Makes the data if there are none.
    ///
    /// What an interrupted try has left is removed first, so that there are whole data or none.
    ///
    /// - Throws: `SFSError` with code `.configuration` when it cannot be done here.
    func initialize(with installation: PostgresInstallation) throws(SFSError) {
        try checkEntry(installation)
        guard dataVersion() == nil else { return try checkOwner() }
        guard unsafe access(data, F_OK) != 0 else {
            throw SFSError(.configuration, "'\(data)' is there and holds no PostgreSQL data")
        }
        let leftover = unsafe sfs_remove_tree(unfinishedData)
        guard leftover == 0 else { throw failure("cannot remove '\(unfinishedData)'", -leftover) }
        try runInitdb(installation)
        try SmallFile.append(Self.settings, to: "\(unfinishedData)/postgresql.conf")
        guard unsafe rename(unfinishedData, data) == 0 else {
            throw failure("cannot rename '\(unfinishedData)'", errno)
        }
        // What the server will have committed is found only by these names.
        try SmallFile.synchronizeFolder(path)
        try SmallFile.synchronizeFolder("\(path)/..")
    }

    /// The server itself.
    ///
    /// What promises rest on is said here and not in `postgresql.conf`, where it could be changed.
    func server(_ installation: PostgresInstallation) -> Program {
        let settings = [
            "listen_addresses": "", "port": "\(Self.port)", "unix_socket_directories": path,
            "unix_socket_permissions": "0700", "fsync": "on", "synchronous_commit": "on",
            "full_page_writes": "on", "logging_collector": "off", "log_destination": "stderr",
        ]
        var arguments = ["-D", data]
        for (name, value) in settings.sorted(by: { $0.key < $1.key }) {
            arguments += ["-c", "\(name)=\(value)"]
        }
        return Program(
            path: "\(installation.folder)/postgres", arguments: arguments, folder: path,
            user: user, deathSignal: SIGINT)
    }

    /// What an administrator may tune.
    private static let settings = """

        # StretchFS
        max_connections = 100
        shared_buffers = 64MB
        log_line_prefix = '%m [%p] '
        log_timezone = 'UTC'

        """

    private func runInitdb(_ installation: PostgresInstallation) throws(SFSError) {
        let initdb = Program(
            path: "\(installation.folder)/initdb",
            arguments: [
                "--pgdata=\(unfinishedData)", "--username=\(Self.role)", "--auth-local=trust",
                "--auth-host=reject", "--data-checksums", "--encoding=UTF8", "--locale=C",
                "--no-instructions",
            ], folder: path, user: user)
        let (status, output) = try run(initdb)
        guard status == 0 else {
            let reason = output.split(separator: "\n").last { $0.contains("error") } ?? ""
            throw SFSError(
                .configuration, "cannot make the catalog in '\(path)': \(reason)")
        }
    }

    /// Refuses what its user could not use.
    private func checkEntry(_ installation: PostgresInstallation) throws(SFSError) {
        let probe = Program(
            path: "\(installation.folder)/postgres", arguments: ["--version"], folder: path,
            user: user)
        _ = try run(probe)
    }

    private func checkOwner() throws(SFSError) {
        var facts = stat()
        guard unsafe stat(data, &facts) == 0 else {
            throw failure("cannot look at '\(data)'", errno)
        }
        let owner = facts.st_uid
        guard owner == user?.id ?? geteuid() else {
            throw SFSError(
                .configuration,
                "the catalog in '\(path)' belongs to the user with the id \(owner); run sfsd as "
                    + "that user, or tell it to run PostgreSQL so")
        }
    }

    /// Runs a program to its end, as the server's user.
    private func run(_ program: Program) throws(SFSError) -> (status: Int32, output: String) {
        do {
            return try program.run()
        } catch {
            switch error {
            case .folder(let number): throw blocked(program, number)
            case .other(let number): throw failure("cannot run '\(program.path)'", number)
            }
        }
    }

    /// Names the first folder on the way that the user cannot enter.
    private func blocked(_ program: Program, _ number: Int32) -> SFSError {
        var way = "/"
        for step in path.split(separator: "/") {
            way += way == "/" ? step : "/\(step)"
            var probe = program
            probe.folder = way
            do {
                _ = try probe.run()
            } catch {
                return SFSError(
                    .configuration,
                    "the user '\(user?.name ?? "")' cannot enter '\(way)': "
                        + "\(SmallFile.reason(number)); 'chmod o+x' it, or choose another folder")
            }
        }
        return failure("cannot enter '\(path)'", number)
    }
}
