import ArgumentParser
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
        let lock = try StateLock(folder: dev.path)
        let isNew = try dev.prepare(zones: zones, stores: stores)
        Output.standardOutput(
            "sfsd: \(isNew ? "made a new cluster" : "going on with the cluster") in '\(dev.path)'\n"
        )
        let configuration = try Configuration.load(
            dev.configurationFile, environment: environment, flags: ["state": dev.path])
        let daemon = Daemon(
            configuration: configuration, lock: lock, makesVolumes: true,
            tell: { Output.standardOutput("sfsd: \($0)\n") },
            whenReady: { try dev.announce($0, token: configuration.tokens.first) })
        try await daemon.run()
    }
}
