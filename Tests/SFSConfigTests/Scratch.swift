import Foundation
import SFSConfig

/// A folder for one test with the files that a configuration points to; removed with the value.
final class Scratch {
    let path: String

    init() throws {
        path =
            FileManager.default.temporaryDirectory
            .appending(path: "sfs-config-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try write("key", String(repeating: "k", count: 64), mode: 0o600)
        try write("token", "# for tests\nabcdefghijklmnopqrst\n", mode: 0o600)
    }

    deinit {
        // A test that leaves rubbish in /tmp has not failed.
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of `name` in the folder, once `text` is in it.
    @discardableResult
    func write(_ name: String, _ text: String, mode: Int = 0o644) throws -> String {
        let file = "\(path)/\(name)"
        try text.write(toFile: file, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
        return file
    }

    /// A configuration with everything that is required, and `more` at its end.
    func yaml(_ more: String = "", prisms: String? = nil) -> String {
        """
        cluster: demo
        clusterKeyFile: \(path)/key
        prisms: \(prisms ?? "[{name: p1, zone: a, listen: [{address: 127.0.0.1, port: 0}]}]")
        \(more)
        """
    }

    /// What comes of `yaml` in an environment of only `environment`.
    func read(
        _ yaml: String, environment: [String: String] = [:], flags: [String: String] = [:]
    ) -> ConfigurationReading {
        Configuration.read(yaml: yaml, environment: Environment(environment), flags: flags)
    }

    /// The mistakes in `yaml(_:)`, printed.
    func mistakes(_ more: String, prisms: String? = nil) -> [String] {
        read(yaml(more, prisms: prisms)).mistakes.map(\.description)
    }
}
