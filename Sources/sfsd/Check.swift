import ArgumentParser
import SFSConfig
import SFSCore

/// `sfsd check`: what `sfsd run` would make of a configuration, without running it.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the effective configuration and everything that is wrong with it.")

    @OptionGroup var options: ConfigurationOptions

    func run() throws {
        let reading = Configuration.read(options.config, flags: try options.flags())
        Output.standardOutput("\(reading.effective)")
        guard reading.mistakes.isEmpty else {
            for mistake in reading.mistakes { Output.standardError("sfsd: \(mistake)\n") }
            throw ExitCode(ErrorCode.configuration.exitStatus)
        }
    }
}
