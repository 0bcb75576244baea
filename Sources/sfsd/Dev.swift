import ArgumentParser
import Glibc
import SFSConfig
import SFSCore

/// `sfsd dev`: a whole cluster on this machine in one command.
struct Dev: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a whole cluster for development, until Ctrl-C.")

    @Option(
        help: ArgumentHelp("Folder of the cluster; made when it is not there.", valueName: "dir"))
    var state: String?

    @Option(
        help: ArgumentHelp("Number of zones, 1 to 26; 2 for a new cluster.", valueName: "count"))
    var zones: Int?

    @Option(
        help: ArgumentHelp("Stores in each zone, 1 to 16; 2 for a new cluster.", valueName: "count")
    )
    var stores: Int?

    func run() async throws {
        let environment = Environment.process
        let folder = try state ?? DevFolder.standardPath(environment)
        let dev = try DevFolder(path: folder)
        let lock = try StateLock(folder: dev.files.folder)
        let isNew = try dev.prepare(zones: zones, stores: stores)
        let files = dev.files
        Output.standardOutput(
            "sfsd: \(isNew ? "made a new" : "going on with the") cluster in '\(files.folder)'\n")
        let configuration = try Configuration.load(
            files.configuration, environment: environment, flags: ["state": files.folder])
        let daemon = Daemon(
            configuration: configuration, lock: lock, makesVolumes: true,
            tell: { Output.standardOutput("sfsd: \($0)\n") },
            endsWithTerminal: isatty(STDIN_FILENO) == 1,
            whenReady: { cluster in
                let account = try await DevAccount(files: files).makeOnce(in: cluster)
                try dev.announce(cluster, token: configuration.tokens.first, account: account)
            })
        try await daemon.run()
    }
}
