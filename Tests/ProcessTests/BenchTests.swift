import Foundation
import ProcessFixture
import Testing

@Suite("sfs bench", .serialized)
struct BenchTests {
    /// One mode, as `--json` shows it.
    private struct Report: Decodable {
        let mode: String
        let requests: Int
        let bytes: Int64
        let errors: Int
        let p50: Double
        let p99: Double
        let p999: Double
        let cpuPerRequest: Double?
        let cpuPerGigabyte: Double?
    }

    @Test("measures every mode within its bounds, and leaves nothing")
    func modes() async throws {
        try await ProcessCluster.with { test in
            let result = try await test.sfs(
                "bench", "--json", "--size", "4KiB", "--range-size", "1KiB", "-j", "4",
                "--max-requests", "300", "--duration", "20s"
            ).succeeded("bench")
            let reports = try result.lines.map { line in
                try JSONDecoder().decode(Report.self, from: Data(line.utf8))
            }
            #expect(reports.map(\.mode) == ["put", "get", "range", "purchase", "play"])
            for report in reports {
                #expect(report.requests == 300 && report.errors == 0, "\(report)")
                #expect(report.p50 > 0 && report.p50 <= report.p99, "\(report)")
                #expect(report.p99 <= report.p999 && report.p999 < 20, "\(report)")
                // Through the Unix socket the daemon and its PostgreSQL can be seen.
                #expect(report.cpuPerRequest != nil, "\(report)")
            }
            let whole: Int64 = 300 * 4096
            let ranges: Int64 = 300 * 1024
            #expect(reports.map(\.bytes) == [whole, whole, ranges, 0, whole])
            // A put is hashed, written twice and recorded: that takes a processor.
            let (request, gigabyte) = (reports[0].cpuPerRequest, reports[0].cpuPerGigabyte)
            #expect((request ?? 0) > 0)
            #expect((gigabyte ?? 0) > 0)
            try await expectNothing(test)
        }
    }

    @Test("ends with its bytes, and refuses to run without bounds")
    func bounds() async throws {
        try await ProcessCluster.with { test in
            let result = try await test.sfs(
                "bench", "put", "--json", "--size", "10000", "--max-bytes", "64999")
            let report = try JSONDecoder().decode(Report.self, from: Data(result.output))
            #expect(report.requests == 6 && report.bytes == 60_000)
            for words in [
                ["--duration", "0s"], ["--duration", "2h"], ["--max-requests", "0"],
                ["--max-bytes", "0"], ["--max-bytes", "2TiB"], ["--size", "0"],
                ["--size", "2MiB", "--max-bytes", "1MiB"], ["-j", "0"], ["-j", "1000"],
                ["fly"], ["--clean", "put"],
            ] {
                let refusal = try await test.cluster.sfs(["bench"] + words)
                #expect(refusal.status == 64, "\(words): \(refusal.errorText)")
            }
            try await expectNothing(test)
        }
    }

    @Test("cleans up when it is interrupted, and after a run that was killed when asked to")
    func interruption() async throws {
        try await ProcessCluster.with { test in
            // One that is not its own, to be left alone.
            let file = try test.file("own.bin", size: 5000)
            let own = String(try await test.sfs("put", file).succeeded("put").text.prefix(40))
            #expect(try await end(of: "put", in: test, by: SIGTERM) == .exited(128 + SIGTERM))
            #expect(try await marked(test) == [])
            #expect(try await end(of: "put", in: test, by: SIGKILL) == .killed(signal: SIGKILL))
            let left = try await marked(test)
            #expect(!left.isEmpty)
            let cleaned = try await test.sfs("bench", "--clean").succeeded("clean")
            // What was under way may have been recorded a moment later.
            let text = cleaned.text.dropFirst("contents removed: ".count).dropLast()
            let count = Int(text) ?? 0
            #expect(count >= left.count, "\(cleaned.text)")
            #expect(try await marked(test) == [])
            #expect(try await test.sfs("exists", own).status == 0)
        }
    }

    /// Starts a long run, and ends it with `signal` once it has put something.
    private func end(
        of mode: String, in test: ProcessCluster, by signal: Int32
    ) async throws -> ProgramEnd {
        try await withProgram(
            test.cluster.programs.sfs,
            ["bench", mode, "--duration", "1m", "--size", "4KiB", "-j", "2"],
            environment: ["SFS_SOCKET": test.layout.socket]
        ) { program in
            _ = try await eventually("a content of the run") { () -> Bool? in
                try await marked(test).count > 20 ? true : nil
            }
            program.send(signal)
            return try await program.ended(within: .seconds(120))
        }
    }

    /// Lines of the catalog's dump about contents of any run.
    private func marked(_ test: ProcessCluster) async throws -> [String] {
        try await test.sfs("catalog", "dump").succeeded("dump").lines.filter {
            $0.contains("\"sfsbench")
        }
    }

    private func expectNothing(_ test: ProcessCluster) async throws {
        #expect(try await marked(test) == [])
        let purchases = try await test.sfs("purchase", "list", "--all").succeeded("list")
        #expect(purchases.lines.filter { $0.contains("live") || $0.contains("sfsbench") } == [])
        let status = try await test.sfs("status", "--json").succeeded("status")
        #expect(status.text.contains("\"contents\":0"), "\(status.text)")
    }
}
