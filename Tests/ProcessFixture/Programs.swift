import Foundation

/// Where the programs under test are.
package struct Programs: Sendable {
    /// Absolute path of the client.
    package let sfs: String
    /// Absolute path of the daemon.
    package let sfsd: String

    /// Looks in the folder that `SFS_BIN` names, else beside the running program, else in the
    /// package's `.build/release` and `.build/debug`.
    ///
    /// - Throws: `FixtureError` with the folders that were looked at.
    package static func find() throws -> Programs {
        let given = ProcessInfo.processInfo.environment["SFS_BIN"]
        let places = given.map { [URL(filePath: $0)] } ?? candidates
        for place in places {
            let sfs = place.appending(path: "sfs").path
            let sfsd = place.appending(path: "sfsd").path
            if [sfs, sfsd].allSatisfy(FileManager.default.isExecutableFile) {
                return Programs(sfs: sfs, sfsd: sfsd)
            }
        }
        let list = places.map { "'\($0.path)'" }.joined(separator: ", ")
        throw FixtureError("'sfs' and 'sfsd' are in none of \(list); build them or set SFS_BIN")
    }

    private static var candidates: [URL] {
        // `argv[0]` of a test bundle leads to Swift's own helper, so the link in /proc is asked.
        let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        let called = URL(filePath: CommandLine.arguments.first ?? "")
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return [
            own.deletingLastPathComponent(), called.deletingLastPathComponent(),
            root.appending(path: ".build/release"), root.appending(path: ".build/debug"),
        ]
    }
}
