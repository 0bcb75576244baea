import Foundation
import NIOCore
import SFSCore
import SFSHTTP
import Testing

/// Whatever comes, the quick path and the parser never disagree about it.
@Suite("The quick path and the parser")
struct QuickFuzzTests {
    private static let lines = [
        "Host: x", "Range: bytes=5-9", "Range: bytes=-3", "Accept: */*", "User-Agent: a",
        "Connection: keep-alive", "Connection: close", "Referer: http://x/", "Cookie: a=b",
        "Content-Length: 0", "Content-Length: 5", "Transfer-Encoding: chunked", "X: y",
        "If-None-Match: \"tag\"", "Expect: 100-continue", "Upgrade: h2c", "Host: y", " folded",
    ]

    @Test("give the same answers to the same bytes", arguments: 0..<8)
    func same(seed: UInt64) async throws {
        var random = SeededNumbers(seed: 4711 + seed)
        let cases = (0..<150).map { _ in Self.sample(&random) }
        // What waits for more that never comes ends soon.
        var limits = HTTPLimits()
        limits.idleTimeout = .seconds(10)
        limits.headerTimeout = .milliseconds(1500)
        limits.bodyIdleTimeout = .milliseconds(1500)
        let quick = PreparedFile(size: 300)
        let plain = PreparedFile(size: 300, preparesReplies: false)
        try await RunningServer.with(quick, limits: limits) { one in
            try await RunningServer.with(plain, limits: limits) { other in
                for bytes in cases {
                    let got = try await Self.outcome(bytes, one)
                    let expected = try await Self.outcome(bytes, other)
                    #expect(
                        got == expected,
                        "disagreement about \(String(decoding: bytes, as: UTF8.self).debugDescription)"
                    )
                }
            }
        }
        // A campaign in which one side never had its turn would prove nothing.
        #expect(quick.prepared.value > 0 && quick.answered.value > 0)
    }

    /// One to three requests, some of them damaged, and one that ends the connection.
    private static func sample(_ random: inout SeededNumbers) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let method = ["GET", "GET", "GET", "HEAD", "POST"].randomElement(using: &random) ?? ""
            let path = ["/file", "/file/a?b", "/other"].randomElement(using: &random) ?? ""
            var request = "\(method) \(path) HTTP/1.1\r\nHost: x\r\n"
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                request += (Self.lines.randomElement(using: &random) ?? "") + "\r\n"
            }
            var damaged = Array((request + "\r\n").utf8)
            if Int.random(in: 0..<3, using: &random) == 0 {
                let place = Int.random(in: 0..<damaged.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: damaged.remove(at: place)
                case 1: damaged[place] = UInt8.random(in: 0...255, using: &random)
                case 2: damaged.insert(damaged[place], at: place)
                default:
                    damaged.insert(
                        [0x20, 0x09, 0x0D, 0x0A, 0x00].randomElement(using: &random) ?? 0,
                        at: place)
                }
            }
            bytes += damaged
        }
        return bytes + Array("GET /end HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".utf8)
    }

    /// All that comes back, without the dates and the order of fields.
    private static func outcome(_ bytes: [UInt8], _ server: RunningServer) async throws -> [String]
    {
        try await server.withClient { client in
            try client.send(bytes)
            let text = (try? client.receiveAll()) ?? "reset"
            return text.components(separatedBy: "\r\n\r\n").map { part in
                part.components(separatedBy: "\r\n").filter { !$0.hasPrefix("Date: ") }.sorted()
                    .joined(separator: "\n")
            }
        }
    }
}
