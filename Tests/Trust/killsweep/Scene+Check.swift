import Evidence
import Foundation
import ProcessFixture

extension Scene {
    /// Everything that must hold after a kill, of the whole cluster; what does not, in sentences.
    mutating func check() async throws -> [String] {
        var findings = try await audit.look()
        if !findings.spooled.isEmpty {
            // A store that was not killed learns of its prism's end when the connection ends, and
            // drops what nobody will commit after `spoolTimeout`.
            findings = try await lookUntilSpoolIsEmpty() ?? findings
        }
        let rows = try await CatalogRows.read(server, database)
        var sentences =
            findings.violations + findings.spooled.map { "'\($0)' is left in the spool" }
        sentences += rows.violations(against: findings)
        sentences += Ledger.violations(of: ledger.acked, disks: findings, catalog: rows)
        sentences += try await missing(ledger.acked)
        return sentences
    }

    /// Has every acknowledged content fetched and hashed, and every copy on the disks hashed again.
    mutating func checkEverything() async throws -> [String] {
        audit.forget()
        var sentences = try await check()
        for hash in ledger.acked { sentences += try await unfetchable(hash) }
        return sentences
    }

    /// What is wrong after the victims were put again, which must succeed.
    mutating func settle(_ victims: Victims, _ shape: Shape) async throws -> [String] {
        var last = ""
        do {
            _ = try await eventually("a repeated put: \(last)") {
                () -> Bool? in
                let result = try await cluster.sfs(
                    ["put", "--hash", shape.algorithm] + victims.paths)
                last = result.errorText
                return result.status == 0 ? true : nil
            }
        } catch let error as FixtureError {
            return [error.description]
        }
        for hash in victims.hashes { ledger.add(hash) }
        var sentences: [String] = []
        for hash in victims.hashes {
            sentences += try await unfetchable(hash)
            sentences += try await miscounted(hash)
        }
        return sentences
    }

    private mutating func lookUntilSpoolIsEmpty() async throws -> DiskAudit.Findings? {
        let end = ContinuousClock.now + .seconds(15)
        while ContinuousClock.now < end {
            let findings = try await audit.look()
            if findings.spooled.isEmpty { return findings }
            try await Task.sleep(for: .milliseconds(20))
        }
        return nil
    }

    /// What `sfs exists` does not know of, in one request.
    private func missing(_ hashes: [String]) async throws -> [String] {
        guard !hashes.isEmpty else { return [] }
        let list = Array((hashes.joined(separator: "\n") + "\n").utf8)
        let result = try await cluster.sfs(["exists", "--stdin", "--missing"], input: list)
        if result.status == 0 { return [] }
        return ["'sfs exists' ended with \(result.end): \(result.text)\(result.errorText)"]
    }

    /// What is wrong with the bytes that `sfs get` brings.
    private func unfetchable(_ hash: String) async throws -> [String] {
        let path = "\(folder)/back"
        let result = try await cluster.sfs(["get", hash, "-o", path])
        guard result.status == 0 else {
            return ["'sfs get \(hash)' ended with \(result.end): \(result.errorText)"]
        }
        guard let program = HashProgram.name(hexDigits: hash.utf8.count) else { return [] }
        let digest = try await HashProgram.digest(of: path, by: program)
        return digest == hash ? [] : ["'sfs get \(hash)' brought the bytes of \(digest)"]
    }

    /// What is wrong with the copies that `sfs stat` tells.
    private func miscounted(_ hash: String) async throws -> [String] {
        let result = try await cluster.sfs(["stat", "--json", hash])
        guard result.status == 0 else {
            return ["'sfs stat \(hash)' ended with \(result.end): \(result.errorText)"]
        }
        let content = try JSONDecoder().decode(Statistics.self, from: Data(result.output)).content
        let isRight =
            content.hash == hash && content.copies == content.map.count
            && Set(content.map).count == content.copies
            && content.copies >= content.desiredCopies && content.desiredCopies >= 2
        return isRight ? [] : ["'sfs stat \(hash)' says \(result.text)"]
    }

    /// The part of the output of `sfs stat --json` that matters here.
    private struct Statistics: Decodable {
        struct Content: Decodable {
            let hash: String
            let copies: Int
            let desiredCopies: Int
            let map: [String]
        }
        let content: Content
    }
}
