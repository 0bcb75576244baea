import ArgumentParser
import SFSConfig
import SFSCore

/// Which configuration a command works with.
struct ConfigurationOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Configuration file.", valueName: "file"))
    var config = Configuration.standardFile

    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: ArgumentHelp(
            "One setting that overrules the file, for example log.level=debug. May be repeated.",
            valueName: "key=value"))
    var settings: [String] = []

    /// The texts of `--set` by key path; the last one of a key counts.
    ///
    /// - Throws: `SFSError` with code `.usage`.
    func flags() throws -> [String: String] {
        var flags: [String: String] = [:]
        for setting in settings {
            guard let equals = setting.firstIndex(of: "="), equals != setting.startIndex else {
                throw SFSError(.usage, "'\(setting)' is not like 'log.level=debug'")
            }
            flags[String(setting[..<equals])] = String(setting[setting.index(after: equals)...])
        }
        return flags
    }
}
