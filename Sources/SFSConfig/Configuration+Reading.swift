package import SFSCore
import Yams

/// What came of reading a configuration.
package struct ConfigurationReading: Sendable {
    /// The configuration; `nil` when there are mistakes.
    package let configuration: Configuration?
    /// Everything that is wrong, in the order of the file; at most a hundred.
    package let mistakes: [ConfigurationMistake]
    /// Every setting that could be read and what it is in the end.
    package let effective: EffectiveSetting
}

extension Configuration {
    /// The file that is read when none is named.
    package static let standardFile = "/etc/stretchfs/sfsd.yaml"

    /// Largest file that is read, in bytes.
    private static let fileSizeMaximum = 1 << 20

    /// Reads the YAML file at `path` and says everything that is wrong with it.
    ///
    /// `flags` are texts by key path, for example `["log.level": "debug"]`, and overrule the
    /// environment, which overrules the file.
    package static func read(
        _ path: String, environment: Environment = .process, flags: [String: String] = [:]
    ) -> ConfigurationReading {
        do throws(SFSError) {
            let bytes = try SettingFile.read(path, sizeMaximum: fileSizeMaximum)
            guard let yaml = String(validating: bytes, as: UTF8.self) else {
                throw SFSError(.configuration, "'\(path)' is not UTF-8")
            }
            return read(yaml: yaml, environment: environment, flags: flags)
        } catch {
            return failure(line: nil, error.message)
        }
    }

    /// As `read(_:environment:flags:)`, from the text of a file.
    package static func read(
        yaml: String, environment: Environment, flags: [String: String] = [:]
    ) -> ConfigurationReading {
        let root: Node?
        do {
            root = try Yams.compose(yaml: yaml)
        } catch let error as YamlError {
            return failure(line: error.line, "is not YAML: \(error.problem)")
        } catch {
            return failure(line: nil, "is not YAML: \(error)")
        }
        let report = MistakeReport()
        let top = Section(
            root, path: "", report: report,
            overrides: Overrides(flags: flags, environment: environment))
        let configuration = Configuration(reading: top)
        let effective = top.finish()
        return ConfigurationReading(
            configuration: report.mistakes.isEmpty ? configuration : nil,
            mistakes: report.sorted, effective: effective)
    }

    /// Reads the YAML file at `path`.
    ///
    /// - Throws: `SFSError` with code `.configuration` whose message has a line per mistake.
    package static func load(
        _ path: String, environment: Environment = .process, flags: [String: String] = [:]
    ) throws(SFSError) -> Configuration {
        let reading = read(path, environment: environment, flags: flags)
        guard let configuration = reading.configuration else {
            let mistakes = reading.mistakes.map { "\n  \($0)" }.joined()
            throw SFSError(.configuration, "cannot use '\(path)':\(mistakes)")
        }
        return configuration
    }

    private static func failure(line: Int?, _ message: String) -> ConfigurationReading {
        ConfigurationReading(
            configuration: nil,
            mistakes: [ConfigurationMistake(line: line, key: "", message: message)],
            effective: .mapping([]))
    }
}

extension YamlError {
    /// Where, counted from 1.
    fileprivate var line: Int? {
        switch self {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _),
            .composer(_, _, let mark, _):
            mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line
        default: nil
        }
    }

    /// What, in a few words.
    fileprivate var problem: String {
        switch self {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _),
            .composer(_, let problem, _, _), .reader(let problem, _, _, _):
            problem
        case .duplicatedKeysInMapping(let keys, _):
            "'\(keys.sorted().joined(separator: "', '"))' is there twice"
        default: "cannot be read"
        }
    }
}
