import Foundation
import ProcessFixture
import Testing

/// Every verb of an operator as a process, against two zones and six stores; what it came to is
/// read from the disks with the system's own programs.
@Suite("Operators' verbs", .serialized)
struct VerbTests {
    @Test("clone makes copies, takes them away again, and moves them")
    func clone() async throws {
        try await VerbCluster.with(12) { verbs in
            #expect(try await verbs.copies() == [2])
            try await verbs.sfs(["clone", "-i", "-", "--copies", "3"], input: verbs.list)
            #expect(try await verbs.copies() == [3])
            // Nobody is there to be asked, so nothing goes.
            let shown = try await verbs.sfs(
                ["clone", "--all", "--copies", "2", "--remove"], status: 64)
            #expect(shown.text.contains("lowest    2 copies"))
            #expect(try await verbs.copies() == [3])
            try await verbs.sfs(["clone", "--all", "--copies", "2", "--remove", "--apply"])
            #expect(try await verbs.copies() == [2])
            // Below, at and above say of which.
            let none = try await verbs.sfs(["clone", "--all", "--below", "2", "--dry-run"])
            #expect(none.text.contains("nothing is to move"))
            let all = try await verbs.sfs(
                ["clone", "--all", "--at", "2", "--copies", "4", "--dry-run"])
            #expect(all.text.contains("contents  12"))

            let store = verbs.stores[1]
            try await verbs.sfs(["clone", "--all", "--to", store.name])
            #expect(try verbs.files(on: store).count == 12)
            try await verbs.sfs(["clone", "--on", store.name, "--away", store.name, "--apply"])
            #expect(try verbs.files(on: store).isEmpty)
            #expect(try await verbs.copies().min() == 2)
            let detail = try await verbs.sfs(["clone", "--detail", verbs.hashes[0]])
            #expect(detail.text.contains(" of 2\n"))
        }
    }

    @Test("clone tells a script that a content it named is not there")
    func unknown() async throws {
        try await VerbCluster.with(1) { verbs in
            let other = String(repeating: "0", count: 40)
            let alone = try await verbs.sfs(["clone", other, "--copies", "3"], status: 1)
            #expect(alone.errorText.contains("'\(other)' is not in the cluster"))
            try await verbs.sfs(["clone", other, verbs.hashes[0], "--copies", "3"], status: 3)
            #expect(try await verbs.copies() == [3])
        }
    }

    @Test("a store is drained, may go, retires, and is not missed")
    func drain() async throws {
        try await VerbCluster.with(12) { verbs in
            let store = try verbs.store(holding: 1)
            try await verbs.sfs(["can", "retire", store.name], status: 1)
            try await verbs.sfs(["store", "retire", store.name, "--apply"], status: 73)
            try await verbs.sfs(["store", "drain", store.name], status: 64)
            #expect(try !verbs.files(on: store).isEmpty)
            try await verbs.sfs(["store", "drain", store.name, "--apply"])
            #expect(try verbs.files(on: store).isEmpty)
            #expect(try await verbs.copies() == [2])
            try await verbs.sfs(["store", "undrain", store.name])
            try await verbs.sfs(["store", "drain", store.name, "--apply"])
            try await verbs.sfs(["can", "retire", store.name])
            try await verbs.sfs(["store", "retire", store.name, "--apply"])
            let list = try await verbs.sfs(["store", "list"])
            #expect(!list.text.contains(store.name))
            #expect(try await verbs.copies() == [2])
        }
    }

    @Test("balance obeys a rule, and then has nothing left to do")
    func balance() async throws {
        try await VerbCluster.with(8) { verbs in
            let store = try verbs.store(holding: 1)
            try await verbs.sfs(["balance", "--check"])
            try await verbs.sfs(
                ["rule", "set", "-i", "-", "--ban-on", store.name], input: verbs.list)
            #expect(try await verbs.sfs(["rule", "list"]).lines.count == 8)
            try await verbs.sfs(["balance", "--check"], status: 1)
            try await verbs.sfs(["balance", "--apply"])
            #expect(try verbs.files(on: store).isEmpty)
            #expect(try await verbs.copies() == [2])
            try await verbs.sfs(["balance", "--check"])
            // Protected copies stay, whoever wants fewer.
            try await verbs.sfs(["rule", "set", "--protect-all", verbs.hashes[0]])
            try await verbs.sfs(["clone", verbs.hashes[0], "--copies", "3"])
            try await verbs.sfs(
                ["clone", verbs.hashes[0], "--copies", "2", "--remove", "--apply"])
            #expect(try await verbs.test.goodCopies()[verbs.hashes[0]] == 3)
            try await verbs.sfs(["rule", "clear", "-i", "-"], input: verbs.list)
            #expect(try await verbs.sfs(["rule", "list"]).lines.isEmpty)
        }
    }

    @Test("verify finds what rotted, keeps it aside, and has it replaced")
    func verify() async throws {
        try await VerbCluster.with(12) { verbs in
            try await verbs.sfs(["verify", "--all", "--force"])
            let store = try verbs.store(holding: 3)
            for path in try verbs.files(on: store).prefix(2) { try verbs.damage(path) }
            try await verbs.sfs(["verify", "--store", store.name, "--force"], status: 1)
            #expect(try verbs.test.files(below: "quarantine").count == 2)
            try await verbs.untilCopies(2)
            try await verbs.sfs(["verify", "--all", "--force"])
            try await verbs.sfs(["verify", "-i", "-"], input: verbs.list)
            let report = try await verbs.sfs(["verify", "--all", "--report", "--json"])
            #expect(report.lines.count == 6)
        }
    }

    @Test("inventory finds what is missing and what is new, and then agrees")
    func inventory() async throws {
        try await VerbCluster.with(12) { verbs in
            let store = try verbs.store(holding: 3)
            let files = try verbs.files(on: store)
            let name = try #require(files[0].split(separator: "/").last.map(String.init))
            let other = try #require(
                verbs.stores.first { !FileManager.default.fileExists(atPath: $0.path(of: name)) })
            let target = other.path(of: name)
            // One file goes to another disk behind everybody's back, attributes and all.
            try await run("cp", ["--archive", files[0], target]).succeeded("cp")
            try await run("rm", ["-f", files[0]]).succeeded("rm")
            try Data([1]).write(to: URL(filePath: "\(other.volume)/content/sha1/ab/notes.txt"))
            let first = try await verbs.sfs(["inventory", "--all", "--json"], status: 1)
            let counters = try first.lines.map { line in
                let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
                return (value as? [String: Any])?["counters"] as? [String: Int] ?? [:]
            }
            func sum(_ key: String) -> Int { counters.reduce(0) { $0 + ($1[key] ?? 0) } }
            #expect(sum("adopted") == 1)
            #expect(sum("missing") == 1)
            #expect(sum("foreign") == 1)
            try FileManager.default.removeItem(
                atPath: "\(other.volume)/content/sha1/ab/notes.txt")
            #expect(try await verbs.copies().min() ?? 0 >= 2)
            try await verbs.sfs(["inventory", "--all"])
        }
    }

    @Test("rm deletes, undelete brings back, prune makes it final")
    func remove() async throws {
        try await VerbCluster.with(6, settings: ["tasks.trashGrace=3s"]) { verbs in
            try await verbs.sfs(["rm", "-i", "-"], input: verbs.list, status: 64)
            #expect(try await verbs.copies() == [2])
            try await verbs.sfs(["rm", "-i", "-", "--apply", "--wait"], input: verbs.list)
            #expect(try await verbs.copies() == [0])
            try await verbs.sfs(["exists"] + verbs.hashes, status: 1)
            try await verbs.sfs(["undelete"] + verbs.hashes.prefix(2))
            #expect(try await verbs.copies() == [0, 2])
            try await Task.sleep(for: .seconds(4))
            try await verbs.sfs(["prune", "--dry-run"])
            #expect(try !verbs.test.files(below: "trash").isEmpty)
            try await verbs.sfs(["prune"])
            #expect(try verbs.test.files(below: "trash").isEmpty)
            try await verbs.sfs(["undelete", verbs.hashes[3]], status: 1)
            // Nor does a disk bring it back.
            try await verbs.sfs(["inventory", "--all", "--force"])
            #expect(try await verbs.copies() == [0, 2])
        }
    }

    @Test("a plan that was shown is applied as it was shown, or refused")
    func plans() async throws {
        try await VerbCluster.with(6) { verbs in
            let hash = verbs.hashes[0]
            try await verbs.sfs(["rm", hash], status: 64)
            try await verbs.sfs(["rm", verbs.hashes[1]], status: 64)
            try await verbs.sfs(["clone", hash, "--copies", "3"])
            let refused = try await verbs.sfs(["plan", "apply", "1"], status: 73)
            #expect(refused.errorText.contains("have changed"))
            #expect(try await verbs.test.goodCopies()[hash] == 3)
            try await verbs.sfs(["plan", "apply", "2"])
            try await verbs.sfs(["exists", verbs.hashes[1]], status: 1)

            // What takes long is paused, seen, goes on, and can be watched from anywhere.
            try await verbs.sfs(
                ["clone", "--all", "--copies", "4", "--bwlimit", "1K", "--detach"])
            let number = try await verbs.sfs(["plan", "list", "--state", "running", "--json"])
            let plan = try #require(number.lines.first.flatMap(Self.plan))
            try await verbs.sfs(["task", "pause", "--plan", "\(plan)"])
            #expect(try await !verbs.sfs(["task", "list", "--state", "paused"]).lines.isEmpty)
            try await verbs.sfs(["task", "resume", "--plan", "\(plan)"])
            try await verbs.sfs(["plan", "cancel", "\(plan)"])
            _ = try await eventually("no task to be left") {
                try await verbs.sfs(["task", "list"]).lines.isEmpty ? true : nil
            }
            #expect(try await verbs.sfs(["plan", "show", "\(plan)"]).text.contains("cancelled"))
        }
    }

    private static func plan(_ line: String) -> Int? {
        let value = try? JSONSerialization.jsonObject(with: Data(line.utf8))
        return (value as? [String: Any])?["plan"] as? Int
    }

    @Test("the catalog is dumped, and rebuilt while everything is served")
    func catalog() async throws {
        try await VerbCluster.with(6) { verbs in
            let dump = try await verbs.sfs(["catalog", "dump"])
            for hash in verbs.hashes { #expect(dump.text.contains(hash)) }
            try await verbs.sfs(["catalog", "url"])
            try await verbs.sfs(["rm", "--apply", "--wait", verbs.hashes[0]])
            try await verbs.sfs(["catalog", "rebuild"])
            try await verbs.sfs(["exists", verbs.hashes[0]], status: 1)
            try await verbs.sfs(["exists", verbs.hashes[1]])
            let lines = try await verbs.sfs(["audit", "--json"])
            #expect(lines.text.contains("\"action\":\"delete-content\""))
        }
    }
}
