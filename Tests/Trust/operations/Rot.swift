import Evidence
import Foundation
import ProcessFixture

/// Bits flip in many replicas: verify must find and heal each, and no reader may see a wrong byte.
enum Rot: Act {
    static let name = "rot"

    static func play(on stage: inout Stage) async throws -> [String] {
        try await stage.put(stage.options.files)
        let count = min(200, stage.options.files / 10)
        let rotten = try flip(count, on: stage)
        let before = stage
        return try await withThrowingTaskGroup(of: [String]?.self) { group in
            for reader in 0..<2 {
                group.addTask { try await read(before, rotten, as: reader) }
            }
            group.addTask {
                try await before.cluster.sfs(
                    ["verify", "--all", "--force"], limit: .seconds(900)
                )
                .check([0, 1, 3], "verify --all")
                return nil
            }
            var sentences: [String] = []
            while let result = try await group.next() {
                if let result { sentences += result } else { group.cancelAll() }
            }
            return try await sentences + settled(before, count)
        }
    }

    /// Inverts a byte in one replica of `count` contents; their hashes.
    private static func flip(_ count: Int, on stage: Stage) throws -> [String] {
        var hashes: Set<String> = []
        for store in stage.layout.stores {
            for file in FolderWalk.files(below: "\(store.volume)/content")
            where hashes.count < count && !hashes.contains(file.name) {
                guard hashes.count < count * (store.name == stage.layout.stores[0].name ? 1 : 2)
                else { continue }
                try Sabotage.damage(file.path, by: .tornFile)
                hashes.insert(file.name)
            }
        }
        return hashes.sorted()
    }

    /// Reads rotten contents until it is cancelled; what came that was wrong.
    private static func read(
        _ stage: Stage, _ hashes: [String], as reader: Int
    ) async throws -> [String] {
        let path = "\(stage.folder)/read-\(reader)"
        var sentences: [String] = []
        for hash in hashes + hashes where !Task.isCancelled {
            do {
                let result = try await stage.cluster.sfs(["get", hash, "-o", path])
                guard result.status == 0 else {
                    sentences.append("'sfs get \(hash)' ended with \(result.end)")
                    continue
                }
                let program = HashProgram.name(hexDigits: hash.utf8.count) ?? "sha1sum"
                let digest = try await HashProgram.digest(of: path, by: program)
                if digest != hash { sentences.append("a reader of '\(hash)' got other bytes") }
            } catch is CancellationError {
                break
            }
        }
        return sentences
    }

    /// What must hold once all is healed, within a minute (promise D5).
    private static func settled(_ stage: Stage, _ count: Int) async throws -> [String] {
        var stage = stage
        let quarantined = stage.layout.stores.reduce(0) { sum, store in
            sum + FolderWalk.files(below: "\(store.volume)/quarantine").count
        }
        let found = try await stage.number(
            "SELECT coalesce(sum((counters::json->>'quarantined')::int), 0) FROM pass "
                + "WHERE kind = 'verify'")
        Verdict.say("operations: \(count) flipped, \(found) found by verify, \(quarantined) kept")
        let start = ContinuousClock.now
        var last = ["nothing was looked at"]
        while ContinuousClock.now - start < .seconds(60), !last.isEmpty {
            last = try await stage.lost()
            try await Task.sleep(for: .milliseconds(200))
        }
        let sentence = quarantined == count ? [] : ["quarantine holds \(quarantined) of \(count)"]
        return last + sentence
    }
}

extension ProgramResult {
    /// Returns when the status is one of `statuses`.
    ///
    /// - Throws: `FixtureError`.
    func check(_ statuses: [Int32], _ what: String) throws {
        guard statuses.contains(status) else {
            throw FixtureError("\(what): \(end): \(errorText.suffix(2000))")
        }
    }
}
