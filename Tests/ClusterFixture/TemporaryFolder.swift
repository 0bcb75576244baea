import Foundation

/// A folder of its own for a test, removed afterwards.
package struct TemporaryFolder: Sendable {
    /// Absolute and short, so that socket paths fit.
    package let path: String

    /// Runs `body` with a new folder, and removes it whatever happened.
    package static func with<Result>(
        _ body: (TemporaryFolder) async throws -> Result
    ) async throws -> Result {
        let name = String(UInt32.random(in: 0...UInt32.max), radix: 36)
        let path = "/tmp/sfs-\(name)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        // What cannot be removed is left to whoever cleans /tmp; the test's verdict stands.
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await body(TemporaryFolder(path: path))
    }
}
