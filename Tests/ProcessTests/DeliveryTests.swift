import Foundation
import ProcessFixture
import Testing

@Suite("Delivery over HTTP", .serialized)
struct DeliveryTests {
    @Test("answers ranges, conditions and HEAD as RFC 9110 wants")
    func conditions() async throws {
        try await ProcessCluster.with { test in
            let path = try test.file("film.mp4", size: 3_000_000)
            let hash = String(try await test.sfs("put", path).succeeded("put").text.prefix(40))
            let bytes = try Data(contentsOf: URL(filePath: path))
            let cases: [([String], Int, Range<Int>?)] = [
                ([], 200, 0..<3_000_000),
                (["-r", "0-0"], 206, 0..<1),
                (["-r", "262143-262145"], 206, 262_143..<262_146),
                (["-r", "2999990-"], 206, 2_999_990..<3_000_000),
                (["-r", "-5"], 206, 2_999_995..<3_000_000),
                (["-r", "-4000000"], 206, 0..<3_000_000),
                (["-r", "2999999-9999999999"], 206, 2_999_999..<3_000_000),
                (["-r", "0-9223372036854775807"], 206, 0..<3_000_000),
                (["-r", "3000000-"], 416, nil),
                (["-H", "If-None-Match: \"\(hash)\""], 304, 0..<0),
                (["-H", "If-None-Match: \"other\""], 200, 0..<3_000_000),
                (["-H", "If-Match: \"other\""], 412, nil),
                (["-H", "If-Match: \"\(hash)\""], 200, 0..<3_000_000),
                (["-r", "1-2", "-H", "If-Range: \"\(hash)\""], 206, 1..<3),
                (["-r", "1-2", "-H", "If-Range: \"other\""], 200, 0..<3_000_000),
            ]
            for (options, status, offsets) in cases {
                let reply = try await get(hash, options, test)
                #expect(reply.status == status, "\(options)")
                if let offsets { #expect(reply.body == bytes[offsets], "\(options)") }
                if status < 300 || status == 304 {
                    #expect(reply.head.contains("etag: \"\(hash)\""), "\(options)")
                }
                if status == 206, let offsets {
                    let range = "bytes \(offsets.lowerBound)-\(offsets.upperBound - 1)/3000000"
                    #expect(reply.head.contains("content-range: \(range)"), "\(options)")
                }
                if status == 416 {
                    #expect(reply.head.contains("content-range: bytes */3000000"))
                }
            }
            let head = try await get(hash, ["-I"], test)
            #expect(head.status == 200)
            #expect(head.head.contains("content-length: 3000000"))
            #expect(head.head.contains("content-type: video/mp4"))
            #expect(head.head.contains("accept-ranges: bytes"))
        }
    }

    private struct Reply {
        let status: Int
        /// In lower case.
        let head: String
        let body: Data
    }

    private func get(
        _ hash: String, _ options: [String], _ test: ProcessCluster
    ) async throws -> Reply {
        let (head, body) = ("\(test.folder)/head", "\(test.folder)/body")
        try Data().write(to: URL(filePath: body))
        let result = try await run(
            "curl",
            [
                "-s", "-D", head, "-o", body, "-w", "%{http_code}", "-H",
                "Authorization: Bearer \(test.layout.token)",
            ] + options + ["\(test.layout.url)/v1/contents/\(hash)"])
        return Reply(
            status: Int(result.text) ?? 0,
            head: try String(contentsOfFile: head, encoding: .utf8).lowercased(),
            body: try Data(contentsOf: URL(filePath: body)))
    }
}
