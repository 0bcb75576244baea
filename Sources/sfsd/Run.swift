import ArgumentParser
import SFSConfig

/// `sfsd run`: what a service manager starts.
struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run what the configuration lists, until SIGTERM.")

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        let configuration = try Configuration.load(options.config, flags: options.flags())
        let lock = try StateLock(folder: configuration.state)
        try await Daemon(configuration: configuration, lock: lock).run()
    }
}
