import Foundation
import ProcessFixture
import Testing

@Suite("The daemon", .serialized)
struct DaemonTests {
    @Test("starts a cluster with one command, and goes on with it at the second start")
    func dev() async throws {
        try await withTemporaryFolder { folder in
            let programs = try Programs.find()
            let state = "\(folder)/dev"
            var hash = ""
            for start in 1...2 {
                try await withDaemon(
                    programs.sfsd, ["dev", "--state", state], log: "\(folder)/dev.log"
                ) { daemon in
                    _ = try await eventually(within: .seconds(180), "\(state)/env") {
                        if let end = daemon.end { throw FixtureError("\(end): \(daemon.logTail)") }
                        return FileManager.default.fileExists(atPath: state + "/env") ? true : nil
                    }
                    let script =
                        start == 1
                        ? "head -c 100000 /dev/urandom > \(folder)/a; sfs put \(folder)/a"
                        : "sfs get \(hash) -o \(folder)/back; cmp \(folder)/a \(folder)/back"
                    let result = try await run(
                        "sh",
                        [
                            "-ec",
                            ". \(state)/env; \(script); sfs status >&2; test -n \"$SFS_URL$SFS_TOKEN\"",
                        ],
                        environment: [
                            "PATH":
                                "\(URL(filePath: programs.sfs).deletingLastPathComponent().path):/usr/bin:/bin"
                        ]
                    ).succeeded("start \(start)")
                    if start == 1 { hash = String(result.text.prefix(40)) }
                    let second = try await run(programs.sfsd, ["dev", "--state", state])
                    #expect(second.status != 0)
                    #expect(!second.errorText.isEmpty)
                }
                try FileManager.default.removeItem(atPath: state + "/env")
            }
            let other = try await run(programs.sfsd, ["dev", "--state", state, "--stores", "3"])
            #expect(other.status == 64)
        }
    }

    @Test("tells all mistakes of a configuration at once")
    func mistakes() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/bad.yaml"
            try Data(
                """
                cluster: Not A Name
                copies: many
                nonsense: 1
                stores:
                  - name: a
                    zone: a
                    volume: relative/path
                """.utf8
            ).write(to: URL(filePath: path))
            for command in ["check", "run"] {
                let result = try await run(
                    try Programs.find().sfsd, [command, "--config", path])
                #expect(result.status == 78)
                let said = result.text + result.errorText
                for key in ["cluster", "copies", "nonsense", "volume", "clusterKeyFile"] {
                    #expect(said.contains(key), "\(command): \(said)")
                }
            }
        }
    }

    @Test("refuses a port that is in use, and a state folder that another one has")
    func inUse() async throws {
        try await ProcessCluster.with { test in
            let process = try #require(test.layout.processes.first)
            let config = test.layout.configuration(of: process)
            let same = try await run(test.cluster.programs.sfsd, ["run", "--config", config])
            #expect(same.status == 78 || same.status == 73, "\(same.end): \(same.errorText)")
            #expect(same.errorText.contains("state"), "\(same.errorText)")
            #expect(try await test.sfs("status").status == 0)
        }
    }

    @Test("says which volume is not the store's, and serves the others")
    func swappedVolumes() async throws {
        try await ProcessCluster.with { test in
            try await test.cluster.stop()
            let stores = test.layout.stores
            let manager = FileManager.default
            try manager.moveItem(atPath: stores[0].volume, toPath: stores[0].volume + ".x")
            try manager.moveItem(atPath: stores[1].volume, toPath: stores[0].volume)
            try manager.moveItem(atPath: stores[0].volume + ".x", toPath: stores[1].volume)
            let process = try #require(test.layout.processes.first)
            // The two stores never get ready, so readiness of all is not waited for.
            await #expect(throws: (any Error).self) {
                try await withDeadline { try await test.cluster.start(process) }
            }
            let status = try await test.sfs("status")
            #expect(status.status == 1)
            for store in stores.prefix(2) {
                #expect((status.text + status.errorText).contains(store.name))
            }
            try await test.sfs("put", try test.file("a", size: 10)).succeeded("put")
        }
    }

    private func withDeadline(
        _ body: @escaping @Sendable () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(for: .seconds(3))
                throw FixtureError("not ready")
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
