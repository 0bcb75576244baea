import Foundation
import ProcessFixture

/// Mounts the disk `image` at the folder `point`, runs `body`, and unmounts it, whatever happens.
///
/// - Throws: `FixtureError` when it cannot be mounted; what `body` throws.
func withMount<Result>(
    _ image: String, at point: String, options: String, _ body: () async throws -> Result
) async throws -> Result {
    try await withCleanUp { cleanUp in
        try FileManager.default.createDirectory(atPath: point, withIntermediateDirectories: true)
        try await run("mount", ["-o", "loop,\(options)", image, point])
            .succeeded("mount of '\(image)'")
        cleanUp.add { try await unmount(point) }
        return try await body()
    }
}

/// Unmounts, which also frees the loop device.
private func unmount(_ point: String) async throws {
    do {
        // A process that was just killed may take a moment to let go of its files.
        _ = try await eventually("an end of the use of '\(point)'") {
            () -> Bool? in try await run("umount", [point]).status == 0 ? true : nil
        }
    } catch {
        try await run("umount", ["--lazy", point]).succeeded("umount of '\(point)'")
        throw error
    }
}
