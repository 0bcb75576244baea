import Foundation
import Glibc
import ProcessFixture
import Testing

/// What all verbs of an operator have in common.
@Suite("The form of operators' verbs", .serialized)
struct VerbFormTests {
    @Test("no verb takes an empty word, or none, for everything")
    func selectors() async throws {
        let questions = [
            ["clone"], ["clone", ""], ["clone", "--on", ""], ["clone", "--in", ""],
            ["clone", "--prefix", ""], ["verify"], ["verify", ""], ["verify", "--store", ""],
            ["inventory"], ["inventory", "--zone", ""], ["rm"], ["rm", ""], ["undelete"],
            ["undelete", ""], ["rule", "set", "--copy-minimum", "3"], ["rule", "clear"],
            ["task", "cancel"], ["task", "retry"], ["task", "pause", ""], ["plan", "apply"],
            ["store", "drain", ""], ["store", "retire"], ["member", "remove", ""],
            ["can", "stop"], ["prune", "--only", ""], ["balance", "--store", ""],
        ]
        try await VerbCluster.with(1) { verbs in
            for words in questions {
                let answer = try await verbs.sfs(words, status: 64)
                #expect(answer.text.isEmpty, "\(words): \(answer.text)")
                #expect(answer.errorText.hasPrefix("sfs: "), "\(words): \(answer.errorText)")
            }
            // A list that is empty is one of nothing.
            for words in [["clone", "-i", "-", "--copies", "3"], ["rm", "-i", "-", "--apply"]] {
                try await verbs.sfs(words)
            }
            #expect(try await verbs.copies() == [2])
        }
    }

    @Test("every verb answers in JSON, one object a line")
    func json() async throws {
        try await VerbCluster.with(2, settings: ["tasks.trashGrace=1h"]) { verbs in
            let (hash, store) = (verbs.hashes[0], verbs.stores[0].name)
            let questions = [
                ["clone", hash, "--copies", "3"], ["clone", "--detail", hash],
                ["balance"], ["verify", "--all"], ["verify", hash], ["inventory", "--all"],
                ["verify", "--all", "--report"], ["prune"],
                ["rule", "set", "--copy-minimum", "2", hash],
                ["rule", "show", hash], ["rule", "list"], ["plan", "list"], ["plan", "show", "1"],
                ["member", "list"], ["member", "roles", store], ["store", "list"],
                ["store", "show", store], ["store", "drain", store, "--dry-run"],
                ["can", "stop", store], ["catalog", "url"], ["catalog", "dump"], ["doctor"],
                ["audit"], ["top", "--count", "1"], ["status"], ["exists", hash],
                ["rm", "--apply", hash], ["undelete", hash], ["catalog", "rebuild"],
            ]
            for words in questions {
                let answer = try await verbs.sfs(words + ["--json"])
                #expect(!answer.lines.isEmpty, "\(words) said nothing")
                for line in answer.lines {
                    let value = try? JSONSerialization.jsonObject(with: Data(line.utf8))
                    #expect(value is [String: Any], "\(words): \(line)")
                }
            }
        }
    }

    @Test("the doctor and the status tell of a store that is gone, with a remedy")
    func doctor() async throws {
        try await VerbCluster.with(4) { verbs in
            try await verbs.sfs(["status"])
            let store = verbs.stores[0]
            try FileManager.default.moveItem(
                atPath: store.volume, toPath: store.volume + ".away")
            _ = try await eventually("the status to tell") {
                try await verbs.test.sfs("status").status == 1 ? true : nil
            }
            let findings = try await verbs.sfs(["doctor", "--json"], status: 1)
            let finding = try #require(
                findings.lines.first { $0.contains("\"error\"") && $0.contains(store.name) })
            #expect(!finding.contains("\"remedy\":\"\""))
            try FileManager.default.moveItem(
                atPath: store.volume + ".away", toPath: store.volume)
            try await verbs.test.cluster.settled()
        }
    }

    @Test(
        "a store whose disk failed takes nothing in, and is back once that is well",
        .enabled(if: geteuid() == 0, "making a folder immutable needs root"))
    func failedDisk() async throws {
        try await VerbCluster.with(4, settings: ["health.diskTrial=2s", "health.suspicion=200ms"]) {
            verbs in
            // Every store fails to give a name to one content.
            let path = try verbs.test.file("late.mp4", size: 3000)
            let sum = try await run("sha1sum", [path]).succeeded("sha1sum")
            let folders = verbs.stores.map { "\($0.volume)/content/sha1/\(sum.text.prefix(2))" }
            try await run("chattr", ["+i"] + folders).succeeded("chattr")
            do {
                let refused = try await verbs.test.sfs("put", "--copies", "6", path)
                #expect(refused.status != 0)
                _ = try await eventually("a store to be suspect") {
                    try await verbs.sfs(["store", "list"]).text.contains("its disk failed")
                        ? true : nil
                }
            } catch {
                _ = try await run("chattr", ["-i"] + folders)
                throw error
            }
            try await run("chattr", ["-i"] + folders).succeeded("chattr")
            try await verbs.test.cluster.settled(within: .seconds(120))
            try await verbs.sfs(["put", "--copies", "6", path])
            #expect(try await verbs.test.goodCopies()[String(sum.text.prefix(40))] == 6)
        }
    }
}
