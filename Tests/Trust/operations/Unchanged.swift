import Evidence
import Foundation
import ProcessFixture

/// A large volume that did not change must be compared in seconds, and six prunes in the same
/// second must do no harm.
enum Unchanged: Act {
    static let name = "unchanged"
    static let diskBytes = 3 << 30

    static func play(on stage: inout Stage) async throws -> [String] {
        try await stage.put(min(500, stage.options.files))
        let store = stage.layout.stores[0]
        let count = stage.options.files * 10
        try await fill(store.volume, count)
        try await stage.cluster.sfs(["inventory", "--store", store.name], limit: .seconds(1800))
            .check([0, 1], "the first inventory")
        let start = ContinuousClock.now
        try await stage.cluster.sfs(["inventory", "--store", store.name]).succeeded("inventory")
        let time = ContinuousClock.now - start
        let milliseconds = Int(time / .milliseconds(1))
        Verdict.say("operations: an inventory of \(count) unchanged files: \(milliseconds) ms")
        let cluster = stage.cluster
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<6 {
                group.addTask { try await cluster.sfs(["prune"]).succeeded("prune") }
            }
            try await group.waitForAll()
        }
        // A bound for 200,000 files, from the issue; fewer take less.
        return try await stage.lost() + (time < .seconds(5) ? [] : ["it took \(milliseconds) ms"])
    }

    /// Writes `count` small files under their names, as a copy from another disk would.
    private static func fill(_ volume: String, _ count: Int) async throws {
        let script = """
            import hashlib, os, sys
            volume, count = sys.argv[1], int(sys.argv[2])
            for number in range(count):
                data = b"unchanged %d" % number
                name = hashlib.sha1(data).hexdigest()
                path = f"{volume}/content/sha1/{name[:2]}/{name}"
                with open(path, "wb") as file: file.write(data)
                os.chmod(path, 0o444)
            """
        try await run("python3", ["-c", script, volume, "\(count)"], limit: .seconds(300))
            .succeeded("filling '\(volume)'")
    }
}
