import FoundationEssentials
import ProcessFixture

/// What rows have in common: both servers, running, and files that both of them have.
struct Arena: Sendable {
    let options: Options
    /// Where everything is; on one disk.
    let folder: String
    let cluster: StretchFS
    let nginx: Nginx
    let shelf: Shelf
    let peers: PeerPrograms

    /// Starts all of it, runs `body`, and ends all of it.
    static func with<Result>(
        _ options: Options, _ body: (Arena) async throws -> Result
    ) async throws -> Result {
        try await withCleanUp { cleanUp in
            let folder = try makeFolder(options, cleanUp)
            let certificate = try await Certificate.make(in: folder)
            let nginx = try await Nginx.start(
                in: folder, workers: options.workers, certificate, cleanUp)
            let cluster = try await StretchFS.start(
                in: folder, workers: options.workers, certificate, cleanUp)
            let shelf = Shelf(folder: folder, cluster: cluster, nginx: nginx)
            let peers = PeerPrograms(folder: folder)
            return try await body(
                Arena(
                    options: options, folder: folder, cluster: cluster, nginx: nginx,
                    shelf: shelf, peers: peers))
        }
    }

    /// Short, since sockets are in it, and open, since PostgreSQL has a user of its own.
    private static func makeFolder(_ options: Options, _ cleanUp: CleanUp) throws -> String {
        let name = UInt32.random(in: 0...UInt32.max)
        let folder = "\(options.folder)/sfs-compare.\(String(name, radix: 36))"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o755])
        cleanUp.add {
            guard !options.keep else { return Output.note("compare: kept '\(folder)'") }
            // A signal for all of a terminal's processes ends the removal too.
            for _ in 0..<3 {
                let removed = try await run("rm", ["-rf", folder], limit: .seconds(600))
                if removed.status == 0 { return }
            }
            Output.note("compare: cannot remove '\(folder)'")
        }
        return folder
    }
}
