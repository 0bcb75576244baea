import Glibc
import ProcessFixture

/// What the campaign needs of the machine, and what is not there.
enum Requirements {
    /// One sentence on the first thing that is missing; `nil` when all is there.
    static func missing() async throws -> String? {
        guard getuid() == 0 else { return "it mounts disk images, and so must be run by root" }
        for (program, package) in [("mkfs.xfs", "xfsprogs"), ("mkfs.ext4", "e2fsprogs")] {
            let found = try await run("sh", ["-c", "command -v \(program)"])
            if found.status != 0 { return "'\(program)' is missing; install '\(package)'" }
        }
        let free = try await run("losetup", ["--find"])
        return free.status == 0 ? nil : "there is no loop device: \(free.errorText)"
    }
}
