/// What is logged, and how it looks.
package struct LogConfiguration: Sendable, Hashable {
    /// The least important level that is logged.
    package let level: Level
    /// Text for people or JSON for machines.
    package let format: Format
    /// What is logged from `debug` on whatever `level` says.
    package let debug: LogCategories

    /// How important a message is; as in swift-log.
    package enum Level: String, Sendable, Hashable, CaseIterable {
        case trace, debug, info, notice, warning, error, critical
    }

    /// How a message looks.
    package enum Format: String, Sendable, Hashable, CaseIterable {
        case text, json
    }
}

extension LogConfiguration {
    /// Reads the section `log`.
    init(reading section: Section) {
        level = section.setting("level", .word, default: .info)
        format = section.setting("format", .word, default: .text)
        debug = section.setting("debug", .categories) ?? LogCategories([])
    }
}
