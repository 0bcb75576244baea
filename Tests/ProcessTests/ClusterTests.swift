import Foundation
import ProcessFixture
import Testing

@Suite("A cluster of real processes", .serialized)
struct ClusterTests {
    @Test(
        "keeps a file in two zones and gives it back",
        arguments: [.one, .prismsAndStores] as [ClusterLayout.Split])
    func putAndGet(split: ClusterLayout.Split) async throws {
        try await ProcessCluster.with(split, settings: ["log.level=debug"]) { test in
            let path = try test.file("film.mp4", size: 20_000_000)
            let put = try await test.sfs("put", path).succeeded("put")
            let hash = String(put.text.prefix { $0 != " " })
            #expect(put.text == "\(hash)  \(path)\n")
            let detail = try await test.sfs("stat", hash, "--json").succeeded("stat")
            let stat = try JSONDecoder().decode(Stat.self, from: Data(detail.output))
            #expect(stat.content.copies == 2)
            #expect(stat.content.size == 20_000_000)
            #expect(stat.content.mimeType == "video/mp4")
            #expect(Set(stat.replicas.map(\.zone)).count == 2)
            try await test.sfs("get", hash, "-o", "back").succeeded("get")
            #expect(test.isEqual(path, "\(test.folder)/back"))
            #expect(try await test.sfs("exists", hash).status == 0)
            #expect(try await test.goodCopies() == [hash: 2])
            #expect(try test.files(below: "spool").isEmpty)
            #expect(try await test.sfs("status").status == 0)

            let bodies = try test.bodiesSent()
            #expect(bodies == 1)
            try await test.sfs("put", path).succeeded("second put")
            #expect(try test.bodiesSent() == bodies)
        }
    }

    @Test(
        "loses no acknowledged file when it is killed during puts",
        arguments: [.one, .prismsAndStores] as [ClusterLayout.Split])
    func killed(split: ClusterLayout.Split) async throws {
        try await ProcessCluster.with(split) { test in
            let paths = try (0..<10).map { try test.file("f\($0)", size: 3_000_000 + $0) }
            let acked = try await withThrowingTaskGroup(of: String?.self) { group in
                for path in paths {
                    group.addTask {
                        let put = try await test.sfs("put", path)
                        return put.status == 0 ? String(put.text.prefix { $0 != " " }) : nil
                    }
                }
                // Killed as soon as the first is acknowledged: the others are on their way.
                var acked = [try await group.next() ?? nil]
                try await test.cluster.kill()
                for try await hash in group { acked.append(hash) }
                return acked.compactMap(\.self)
            }
            #expect(!acked.isEmpty)
            for process in test.layout.processes { try await test.cluster.start(process) }
            try await test.cluster.settled()
            let copies = try await test.goodCopies()
            for hash in acked {
                #expect(copies[hash, default: 0] >= 2)
                try await test.sfs("get", hash, "-o", "back").succeeded("get \(hash)")
            }
            #expect(try test.files(below: "spool").isEmpty)
            for path in paths { try await test.sfs("put", path).succeeded("put again") }
            #expect(try await test.goodCopies().count == 10)
        }
    }

    @Test(
        "delivers and says what is wrong while a volume is gone",
        arguments: [.one, .prismsAndStores] as [ClusterLayout.Split])
    func volumeGone(split: ClusterLayout.Split) async throws {
        try await ProcessCluster.with(split) { test in
            let path = try test.file("a", size: 1_000_000)
            let hash = String(
                try await test.sfs("put", path).succeeded("put").text.prefix { $0 != " " })
            let holder = try #require(
                test.layout.stores.first { store in
                    FileManager.default.fileExists(
                        atPath: "\(store.volume)/content/sha1/\(hash.prefix(2))/\(hash)")
                })
            try FileManager.default.moveItem(
                atPath: holder.volume, toPath: holder.volume + ".away")
            let status = try await test.sfs("status")
            #expect(status.status == 1)
            #expect((status.text + status.errorText).contains(holder.name))
            try await test.sfs("get", hash, "-o", "back").succeeded("get")
            #expect(test.isEqual(path, "\(test.folder)/back"))
            // A new file finds two stores that are left.
            try await test.sfs("put", try test.file("b", size: 1000)).succeeded("put")
            try FileManager.default.moveItem(
                atPath: holder.volume + ".away", toPath: holder.volume)
            try await test.cluster.settled()
        }
    }

    @Test("stays below its memory while large files pass", .timeLimit(.minutes(3)))
    func memory() async throws {
        try await ProcessCluster.with { test in
            let path = try test.file("large", size: 1)
            // Sparse, so that making it costs nothing; the bytes are sent all the same.
            try FileHandle(forWritingTo: URL(filePath: path)).truncate(atOffset: 600 << 20)
            let put = try await test.sfs("put", "--no-precheck", path).succeeded("put")
            let hash = String(put.text.prefix { $0 != " " })
            try await test.sfs("get", hash, "-o", "back").succeeded("get")
            let memory = try #require(try test.cluster.daemon("all").memory)
            #expect(memory.peak < 256 << 20)
        }
    }

    private struct Stat: Decodable {
        let content: Content
        let replicas: [Replica]

        struct Content: Decodable {
            let copies: Int
            let size: Int
            let mimeType: String
        }

        struct Replica: Decodable {
            let zone: String
        }
    }
}

extension ProcessCluster {
    /// How many bodies clients have sent, by the log.
    fileprivate func bodiesSent() throws -> Int {
        try layout.processes.map { process in
            try String(contentsOfFile: layout.log(of: process), encoding: .utf8)
                .split(separator: "\n")
                .count { $0.contains("method=POST path=/v1/contents ") }
        }.reduce(0, +)
    }
}
