import Glibc
import SFSConfig
import SFSCore
import SFSFiles

/// The folder of a development cluster: what `sfsd dev` writes once and finds again.
struct DevFolder: Sendable {
    let files: DevFiles

    /// How long the first certificate is valid, in days; clients of Apple refuse longer ones.
    private static let certificateDays = 825

    /// The folder at `path`, which may be relative to the working folder and need not be there.
    ///
    /// - Throws: `SFSError` with code `.usage` when a socket in it would have too long a path.
    init(path: String) throws(SFSError) {
        guard !path.isEmpty else { throw SFSError(.usage, "the state folder has no name") }
        let absolute = path.hasPrefix("/") ? path : try "\(Self.workingFolder())/\(path)"
        let parts = absolute.split(separator: "/").filter { $0 != "." }
        files = DevFiles(folder: "/" + parts.joined(separator: "/"))
        // PostgreSQL's is the longest.
        let longest = "\(files.folder)/postgres/.s.PGSQL.5432".utf8.count
        let excess = longest - UnixSocketAddress.pathBytesMaximum
        guard excess <= 0 else {
            throw SFSError(
                .usage,
                "the path '\(files.folder)' is \(excess) bytes too long for the sockets "
                    + "in it; use a shorter --state")
        }
    }

    /// Where the cluster is when nobody says: a folder of the system for root, else one of the user.
    ///
    /// - Throws: `SFSError` with code `.usage` when there is no home.
    static func standardPath(_ environment: Environment) throws(SFSError) -> String {
        if getuid() == 0 { return "/var/lib/stretchfs-dev" }
        if let state = environment["XDG_STATE_HOME"] { return "\(state)/stretchfs-dev" }
        guard let home = environment["HOME"] else {
            throw SFSError(.usage, "HOME is not set; name the folder of the cluster with --state")
        }
        return "\(home)/.local/state/stretchfs-dev"
    }

    /// Makes what is missing; `true` when it is a new cluster.
    ///
    /// What an older run announced is removed, since its ports are gone.
    ///
    /// - Throws: `SFSError` with code `.usage` when the folder has a cluster of another size.
    func prepare(zones: Int?, stores: Int?) throws(SFSError) -> Bool {
        unlink(files.environment)
        guard access(files.configuration, F_OK) != 0 else {
            try compare(zones: zones, stores: stores)
            return false
        }
        let (zones, stores) = (zones ?? 2, stores ?? 2)
        guard (1...26).contains(zones) else {
            throw SFSError(.usage, "'\(zones)' is not a number of zones from 1 to 26")
        }
        guard (1...16).contains(stores) else {
            throw SFSError(.usage, "'\(stores)' is not a number of stores from 1 to 16")
        }
        let plan = DevPlan(files: files, zones: zones, storesPerZone: stores)
        for volume in plan.volumes { try Folders.make(volume) }
        try makeSecrets()
        // Last: a cluster whose configuration is there is complete.
        try Folders.writePrivate(plan.yaml, to: files.configuration)
        return true
    }

    private func makeSecrets() throws(SFSError) {
        try Folders.writePrivate(RandomText.make(length: 64) + "\n", to: files.clusterKey)
        try Folders.writePrivate(RandomText.make(length: 40) + "\n", to: files.token)
        for file in [files.prismCredentials, files.storeCredentials] {
            try Folders.writePrivate("dev:\(RandomText.make(length: 40))\n", to: file)
        }
        let pair = try SelfSignedCertificate(
            names: ["localhost", "127.0.0.1", "::1"], days: Self.certificateDays)
        try Folders.writePrivate(pair.certificate, to: files.certificate)
        try Folders.writePrivate(pair.privateKey, to: files.certificateKey)
    }

    /// Writes `env` for shells to source, and tells the person how to go on.
    ///
    /// `account` is what there is to say of the first account.
    func announce(
        _ cluster: ReadyCluster, token: Secret?, account: String?
    ) throws(SFSError) {
        var lines = ["export SFS_SOCKET=\(Self.shellQuoted(files.socket))"]
        if let url = cluster.url { lines.append("export SFS_URL=\(Self.shellQuoted(url))") }
        if let token {
            lines.append("export SFS_TOKEN=\(String(decoding: token.bytes, as: UTF8.self))")
        }
        try Folders.writePrivate(lines.joined(separator: "\n") + "\n", to: files.environment)
        Output.standardOutput(
            """

            The cluster '\(cluster.name)' is ready: \(cluster.prisms) prisms, \(cluster.stores) stores.

              Use it from any shell of this user:
                . \(Self.shellQuoted(files.environment))
                sfs put FILE
                sfs status
            \(account.map { "  \($0)\n" } ?? "")\
              Ctrl-C stops it; 'sfsd dev' goes on with it. Its files are in
              \(files.folder)


            """)
    }

    /// Compares what is asked for with the cluster that the folder has.
    private func compare(zones: Int?, stores: Int?) throws(SFSError) {
        let found = try Configuration.load(files.configuration, environment: Environment())
        let zonesFound = Set(found.prisms.map(\.zone)).count
        let storesFound = zonesFound == 0 ? 0 : found.stores.count / zonesFound
        for (asked, found, name) in [
            (zones, zonesFound, "zones"), (stores, storesFound, "stores in each zone"),
        ] {
            guard let asked, asked != found else { continue }
            throw SFSError(
                .usage,
                "the cluster in '\(files.folder)' has \(found) \(name), not \(asked); "
                    + "name another folder with --state")
        }
    }

    private static func workingFolder() throws(SFSError) -> String {
        guard let path = getcwd(nil, 0) else {
            throw SFSError(
                .usage, "the working folder has no path: \(SystemErrorText.current)")
        }
        defer { free(path) }
        return String(cString: path)
    }

    /// `text` as one word of a POSIX shell.
    private static func shellQuoted(_ text: String) -> String {
        let isPlain = text.allSatisfy {
            $0.isASCII && ($0.isLetter || $0.isNumber || "/:._-".contains($0))
        }
        if isPlain { return text }
        let parts = text.split(separator: "'", omittingEmptySubsequences: false)
        return "'" + parts.joined(separator: #"'\''"#) + "'"
    }
}
