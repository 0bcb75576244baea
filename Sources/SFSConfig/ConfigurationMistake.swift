/// One thing that is wrong with a configuration, and where.
package struct ConfigurationMistake: Sendable, Hashable {
    /// Line of the file from 1; `nil` when it is about something that is not in the file.
    package let line: Int?
    /// Path of the setting, for example `stores[0].volume`; `""` for the file as a whole.
    package let key: String
    /// Lower case, no full stop.
    package let message: String
}

extension ConfigurationMistake: CustomStringConvertible {
    /// For example `line 12: stores[0].volume: 'srv' is not an absolute path`.
    package var description: String {
        let place = line.map { "line \($0): " } ?? ""
        return place + (key.isEmpty ? "" : "\(key): ") + message
    }
}
