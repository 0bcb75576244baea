import Foundation
import ProcessFixture

/// What plants do to files, behind the back of the system under test.
package enum Sabotage {
    /// Does `plant` to the file at `path`.
    ///
    /// - Throws: `FixtureError` when it cannot be done.
    package static func damage(_ path: String, by plant: Plant) throws {
        switch plant {
        case .lostCopy:
            try FileManager.default.removeItem(atPath: path)
        case .tornFile:
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o644], ofItemAtPath: path)
            try flip(path)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o444], ofItemAtPath: path)
        case .noFsync, .falseAck:
            throw FixtureError("'\(plant.rawValue)' is not done to a file")
        }
    }

    /// Inverts the byte in the middle; an empty file gets one byte more.
    private static func flip(_ path: String) throws {
        let file = try FileHandle(forUpdating: URL(filePath: path))
        let middle = try file.seekToEnd() / 2
        try file.seek(toOffset: middle)
        let byte = try file.read(upToCount: 1)?.first ?? 0
        try file.seek(toOffset: middle)
        try file.write(contentsOf: Data([~byte]))
        try file.close()
    }
}
