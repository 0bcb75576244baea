import Foundation
import Testing

extension HardTimes {
    @Suite("One question")
    struct TenThousandTests {
        @Test("of 10,000 contents is answered rightly, in under a second where nothing else runs")
        func tenThousand() async throws {
            let prism = try ConformanceCluster.running().prism()
            let hash = try await prism.keep()
            var hashes = (0..<9_999).map { number in
                let digits = String(number, radix: 16)
                return String(repeating: "f", count: 40 - digits.count) + digits
            }
            hashes.insert(hash, at: 5000)
            let question = try JSONTree.object(["hash": .list(hashes.map { .text($0) })]).bytes
            let start = ContinuousClock.now
            let reply = try await prism.ask(
                "POST", "/content/exists", [("Content-Type", "application/json")], body: question)
            let time = ContinuousClock.now - start
            FileHandle.standardError.write(Data("10,000 exists in one request: \(time)\n".utf8))
            #expect(reply.status == 200)
            #expect(time < .seconds(10))
            let answers = reply.json
            #expect(answers.names == Set(hashes))
            let there = (answers.fields ?? [:]).filter { $0.value["exists"] == true }
            #expect(Array(there.keys) == [hash])
        }
    }
}
