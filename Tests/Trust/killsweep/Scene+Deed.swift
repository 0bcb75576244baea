import Evidence
import Foundation
import ProcessFixture

/// What is done with contents that are there, in place of a put.
extension Scene {
    /// The store that `balance` and `drain` empty.
    private static let emptied = "store-a1"

    /// Puts `victims`, which are promised from then on, and makes ready what `shape` wants.
    mutating func prepareDeed(_ victims: Victims, _ shape: Shape) async throws {
        let copies = shape == .removal ? "3" : "2"
        try await cluster.sfs(["put", "--copies", copies] + victims.paths)
            .succeeded("put before the kill")
        // Of a deletion that is cut nobody can say before its end whether it happened.
        if shape != .deletion {
            for hash in victims.hashes { ledger.add(hash) }
        }
        switch shape {
        case .balance:
            for hash in victims.hashes {
                try await cluster.sfs(["rule", "set", hash, "--ban-on", Self.emptied])
                    .succeeded("rule set")
            }
        case .verify:
            let hash = victims.hashes[0]
            let volume = cluster.layout.stores.map(\.volume).first { volume in
                FolderWalk.files(below: "\(volume)/content").contains { $0.name == hash }
            }
            let file = volume.flatMap { volume in
                FolderWalk.files(below: "\(volume)/content").first { $0.name == hash }
            }
            if let file { try Sabotage.damage(file.path, by: .tornFile) }
        default: break
        }
    }

    /// Has `sfs` do it, and waits until it is done or somebody was killed.
    ///
    /// The daemon may die under the command, which is then not asked how it went.
    func doDeed(_ victims: Victims, _ shape: Shape) async throws {
        _ = try await cluster.sfs(arguments(for: victims, shape), limit: .seconds(30))
        let end = ContinuousClock.now + .seconds(8)
        while ContinuousClock.now < end {
            let isDead = try cluster.layout.processes.contains { process in
                try cluster.daemon(process.name).end != nil
            }
            if isDead { return }
            let tasks = try await server.query("SELECT count(*) FROM task", in: database)
            if tasks == [["0"]] { return }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private func arguments(for victims: Victims, _ shape: Shape) -> [String] {
        switch shape {
        case .clone: ["clone", "--copies", "3", "--detach"] + victims.hashes
        case .removal:
            ["clone", "--copies", "2", "--remove", "--apply", "--detach"] + victims.hashes
        case .deletion: ["rm", "--apply"] + victims.hashes
        case .verify: ["verify", "--force"] + victims.hashes
        case .balance: ["balance", "--apply", "--detach"]
        case .drain: ["store", "drain", Self.emptied, "--apply", "--detach"]
        default: []
        }
    }

    /// Has it done to its end, and looks; afterwards its contents are gone, so that the cluster
    /// stays small.
    mutating func finishDeed(_ victims: Victims, _ shape: Shape) async throws -> [String] {
        var sentences: [String] = []
        if shape == .deletion || shape == .verify {
            // Done twice it is as if done once.
            _ = try await cluster.sfs(arguments(for: victims, shape))
        }
        sentences += try await unfinished()
        sentences += try await check()
        if shape == .deletion { sentences += try await stillThere(victims) }
        if shape == .drain {
            try await cluster.sfs(["store", "undrain", Self.emptied]).succeeded("undrain")
        }
        try await cluster.sfs(["rm", "--apply"] + victims.hashes).check([0, 1, 3], "rm")
        ledger.forget { victims.hashes.contains($0) }
        return try await sentences + unfinished() + stillThere(victims)
    }

    /// Waits until no task is left and every content has its copies; what is not done in time.
    private func unfinished() async throws -> [String] {
        let end = ContinuousClock.now + .seconds(60)
        var last: [[String]] = []
        repeat {
            last = try await server.query(
                """
                SELECT 'task ' || kind || ' ' || state || ' ' || coalesce(problem, '') FROM task
                UNION ALL
                SELECT 'short ' || encode(hash, 'hex') FROM content
                 WHERE cardinality(stores) < want
                """, in: database)
            if last.isEmpty { return [] }
            try await Task.sleep(for: .milliseconds(50))
        } while ContinuousClock.now < end
        return last.prefix(5).map { "after a minute: \($0.joined())" }
    }

    /// Deleted contents that are to be had, or lie on a disk under their names.
    private func stillThere(_ victims: Victims) async throws -> [String] {
        var sentences: [String] = []
        for hash in victims.hashes {
            let answer = try await cluster.sfs(["exists", hash])
            if answer.status != 1 { sentences.append("deleted '\(hash)' exists") }
        }
        for store in cluster.layout.stores {
            for file in FolderWalk.files(below: "\(store.volume)/content")
            where victims.hashes.contains(file.name) {
                sentences.append("deleted '\(file.name)' is on '\(store.name)'")
            }
        }
        return sentences
    }
}

extension ProgramResult {
    /// Returns when the status is one of `statuses`.
    ///
    /// - Throws: `FixtureError`.
    fileprivate func check(_ statuses: [Int32], _ what: String) throws {
        guard statuses.contains(status) else {
            throw FixtureError("\(what): \(end): \(errorText.suffix(2000))")
        }
    }
}
