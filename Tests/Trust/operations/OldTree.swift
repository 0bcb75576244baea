import Evidence
import Foundation
import ProcessFixture

/// A folder tree of the original is adopted in place and served.
enum OldTree: Act {
    static let name = "oldtree"

    static func play(on stage: inout Stage) async throws -> [String] {
        let count = stage.options.files / 2
        let before = stage
        return try await withCleanUp { cleanUp in
            let volume = "\(before.folder)/volumes/old"
            try await mountDisk(at: volume, bytes: diskBytes, cleanUp)
            try await write(volume, count)
            try await adopt(volume, on: before, cleanUp)
            var sentences: [String] = []
            let known = try await eventually(within: .seconds(600), "all files to be adopted") {
                let known = try await before.number("SELECT count(*) FROM content")
                return known == count ? known : nil
            }
            Verdict.say("operations: \(known) files of an old tree were adopted")
            for number in stride(from: 0, to: count, by: max(1, count / 200)) {
                let path = "\(before.folder)/back"
                let sample = "\(before.folder)/sample"
                try Data("old \(number)".utf8).write(to: URL(filePath: sample))
                let hash = try await HashProgram.digest(of: sample, by: "sha1sum")
                let result = try await before.cluster.sfs(["get", hash, "-o", path])
                let digest =
                    result.status == 0
                    ? try await HashProgram.digest(of: path, by: "sha1sum") : nil
                guard digest != hash else { continue }
                sentences.append("'\(hash)' is not served: \(result.errorText)")
            }
            let short = try await eventually(within: .seconds(600), "two copies of each") {
                let short = try await before.number(
                    "SELECT count(*) FROM content WHERE cardinality(stores) < want")
                return short == 0 ? short : nil
            }
            return short == 0 ? sentences : sentences + ["\(short) have one copy only"]
        }
    }

    /// Writes `count` files as the original laid them out.
    private static func write(_ volume: String, _ count: Int) async throws {
        let script = """
            import hashlib, os, sys
            volume, count = sys.argv[1], int(sys.argv[2])
            for number in range(count):
                data = b"old %d" % number
                name = hashlib.sha1(data).hexdigest()
                pairs = [name[i:i + 2] for i in range(0, 40, 2)]
                folder = f"{volume}/content/" + "/".join(pairs[:-1])
                os.makedirs(folder, exist_ok=True)
                with open(f"{folder}/{pairs[-1]}.mp4", "wb") as file: file.write(data)
            os.makedirs(f"{volume}/purchased", exist_ok=True)
            """
        try await run("python3", ["-c", script, volume, "\(count)"], limit: .seconds(300))
            .succeeded("writing an old tree")
    }

    /// Has a store of its own take the tree over.
    private static func adopt(
        _ volume: String, on stage: Stage, _ cleanUp: CleanUp
    ) async throws {
        let (folder, socket) = (stage.folder, "\(stage.folder)/old.sock")
        try FileManager.default.createDirectory(
            atPath: "\(folder)/state-old", withIntermediateDirectories: true)
        let text = """
            cluster: test
            state: \(folder)/state-old
            clusterKeyFile: \(folder)/cluster.key
            catalog: { url: "\(stage.server.url(of: Stage.database))" }
            stores:
              - name: store-old
                zone: a
                host: host-old
                volume: \(volume)
                listen: [{ address: 127.0.0.1, port: 0 }, { socket: \(socket) }]

            """
        try Data(text.utf8).write(to: URL(filePath: "\(folder)/old.yaml"))
        let daemon = try await Daemon.start(
            stage.cluster.programs.sfsd,
            ["run", "--config", "\(folder)/old.yaml"] + Stage.settings.flatMap { ["--set", $0] },
            log: "\(folder)/old.log")
        cleanUp.add { try await daemon.stop() }
        _ = try await eventually("the socket of store-old") { () -> Bool? in
            FileManager.default.fileExists(atPath: socket) ? true : nil
        }
        try await run(
            stage.cluster.programs.sfs, ["store", "adopt", volume],
            environment: ["SFS_SOCKET": socket]
        ).succeeded("store adopt")
    }
}
