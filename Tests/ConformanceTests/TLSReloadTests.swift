import Glibc
import ProcessFixture
import Testing

extension Conformance {
    @Suite("A new certificate", .serialized)
    struct TLSReloadTests {
        /// The common name that whoever listens at `url` shows to a new connection.
        private func name(shownAt url: String) async throws -> String? {
            let curl = try await run("curl", ["-skv", "--max-time", "10", "-o", "/dev/null", url])
            let line = curl.errorText.split(separator: "\n").first { $0.contains("subject: CN=") }
            return line?.split(separator: "=").last.map(String.init)
        }

        @Test("is shown to new connections after SIGHUP, and no request under way fails")
        func reload() async throws {
            let cluster = try ConformanceCluster.running()
            let plan = cluster.plan
            for member in cluster.members {
                let shown = try await name(shownAt: "\(member.secureURL)/ping")
                #expect(shown == "first", "\(member.name)")
            }
            try await withThrowingTaskGroup(of: ProgramResult.self) { group in
                for member in [plan.processes[0].prism, plan.processes[1].stores[0]] {
                    // 600 requests on one connection, for about three seconds.
                    group.addTask {
                        try await run(
                            "curl",
                            [
                                "-sk", "--rate", "200/s", "-o", "/dev/null", "-w",
                                "%{http_code} %{num_connects}\\n",
                                "\(member.secureURL)/ping?[1-600]",
                            ])
                    }
                    // One long reply, too.
                    group.addTask {
                        try await run(
                            "curl",
                            [
                                "-skL", "--limit-rate", "8M", "-o", "/dev/null", "-w",
                                "%{http_code} %{size_download}\\n",
                                "\(cluster.stores[0].secureURL)/content/speedtest?size=20m",
                            ])
                    }
                }
                for round in 1...3 {
                    try await plan.makeCertificate(name: "round-\(round)")
                    cluster.signal(SIGHUP)
                    for member in cluster.members {
                        _ = try await eventually("'\(member.name)' to show it") {
                            let shown = try await name(shownAt: "\(member.secureURL)/ping")
                            return shown == "round-\(round)" ? true : nil
                        }
                    }
                }
                for try await result in group {
                    #expect(result.status == 0, "\(result.errorText)")
                    if result.lines.count == 1 {
                        #expect(result.lines == ["200 20000000"])
                    } else {
                        #expect(result.lines.count == 600)
                        #expect(result.lines.first == "200 1")
                        #expect(result.lines.dropFirst().allSatisfy { $0 == "200 0" })
                    }
                }
            }
        }

        @Test("that cannot be used is not taken: the old one stays")
        func damaged() async throws {
            let cluster = try ConformanceCluster.running()
            let url = "\(cluster.plan.processes[0].prism.secureURL)/ping"
            let shown = try #require(try await name(shownAt: url))
            try await run("truncate", ["-s", "100", "\(cluster.plan.folder)/tls.crt"])
                .succeeded("truncate")
            let length = cluster.daemons[0].logText.utf8.count
            cluster.signal(SIGHUP)
            _ = try await eventually("a word about it in the log") {
                cluster.daemons[0].logText.utf8.count > length ? true : nil
            }
            #expect(try await name(shownAt: url) == shown)
            try await cluster.plan.makeCertificate(name: "mended")
            cluster.signal(SIGHUP)
            _ = try await eventually("the mended one") {
                try await name(shownAt: url) == "mended" ? true : nil
            }
        }
    }
}
