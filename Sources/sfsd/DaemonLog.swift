import Logging
import SFSConfig
import SFSCore

/// Writes log messages to stderr, a line each: as text for people or as JSON for machines.
///
/// Messages are constant; what varies is metadata.
struct DaemonLog: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    private let label: String
    private let format: LogConfiguration.Format

    /// The handler of the logger `label`, as the configuration wants it.
    init(label: String, _ configuration: LogConfiguration) {
        self.label = label
        format = configuration.format
        let level = Logger.Level(rawValue: configuration.level.rawValue) ?? .info
        logLevel = configuration.debug.contains(label) ? min(level, .debug) : level
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var fields = metadata
        fields.merge(metadataProvider?.get() ?? [:]) { $1 }
        fields.merge(event.metadata ?? [:]) { $1 }
        if let error = event.error { fields["error"] = "\(error)" }
        let line = LogLine(
            time: .now(), level: event.level.rawValue, label: label,
            message: event.message.description, metadata: fields.mapValues(\.description))
        Output.standardError(format == .json ? line.json : line.text)
    }
}

extension Logger {
    /// The logger of one part of the daemon, for example `prism` or `store`.
    init(_ label: String, _ configuration: LogConfiguration) {
        self.init(label: label) { DaemonLog(label: $0, configuration) }
    }
}
