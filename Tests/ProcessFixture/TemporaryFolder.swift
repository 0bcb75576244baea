import Foundation
import Glibc

/// Makes an empty folder, runs `body` with its absolute path, and removes the folder.
///
/// The path is short, since sockets below it may have no more than 107 bytes, and every user may
/// enter it, since PostgreSQL has a user of its own. With `SFS_KEEP=1` in the environment the
/// folder stays, and its path is told on stderr.
///
/// - Throws: `FixtureError` when it cannot be made; what `body` throws.
package func withTemporaryFolder<Result>(
    under parent: String = "/tmp", _ body: (String) async throws -> Result
) async throws -> Result {
    try await withCleanUp { cleanUp in
        let path = try makeTemporaryFolder(under: parent)
        cleanUp.add {
            if ProcessInfo.processInfo.environment["SFS_KEEP"] == "1" {
                FileHandle.standardError.write(Data("kept: \(path)\n".utf8))
            } else {
                try FileManager.default.removeItem(atPath: path)
            }
        }
        return try await body(path)
    }
}

private func makeTemporaryFolder(under parent: String) throws -> String {
    var template = Array("\(parent)/sfs.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
        throw FixtureError("cannot make a folder in '\(parent)': \(systemErrorText())")
    }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard chmod(path, 0o755) == 0 else {
        throw FixtureError("cannot open '\(path)' to all: \(systemErrorText())")
    }
    return path
}

/// The text of `errno`, or of `number`.
func systemErrorText(_ number: Int32 = errno) -> String {
    String(cString: strerror(number))
}
