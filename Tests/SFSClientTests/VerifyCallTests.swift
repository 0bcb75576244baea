import Foundation
import PrismStandIn
import SFSCore
import SFSWire
import Synchronization
import Testing

@testable import SFSClient

@Suite("A store that verifies a replica")
struct VerifyCallTests {
    private let hash: ContentHash

    init() throws {
        hash = try PrismStandIn.hash(Array("abc".utf8), .sha1)
    }

    @Test("may be silent for longer than others, while TCP asks whether its host is there")
    func patience() async throws {
        var limits = HTTPLimits()
        limits.stallTimeout = .milliseconds(200)
        let (hash, gate) = (hash, DispatchSemaphore(value: 0))
        let asked = Seen<RawRequest>()
        let server = try RawServer { connection in
            guard let request = connection.request() else { return }
            asked.add(request)
            guard request.path == Routes.verifyReplica(hash) else {
                return connection.waitForClose()
            }
            gate.wait()
            connection.reply(
                200, json: #"{"size":3,"verifiedAt":"2026-11-22T09:30:00.123Z"}"#)
        }
        defer {
            gate.signal()
            server.stop()
        }
        let port = server.port
        try await withTransport(to: server.address, limits: limits) { transport in
            let store = StoreClient(transport)
            async let verified = store.verify(hash)
            // Another request, which is given up, twice over, before the answer comes.
            for _ in 0..<2 {
                let error = await #expect(throws: SFSError.self) { try await store.find(hash) }
                #expect(error?.code == .timeout)
            }
            #expect(Self.keepaliveTimers(toPort: port) >= 1)
            gate.signal()
            let size = try await verified.size
            #expect(size == 3)
        }
        let request = try #require(asked.all.first { $0.method == "POST" })
        #expect(request.headers["prefer"] == "wait=43200")
    }

    @Test("is not waited for without end")
    func limit() async throws {
        var limits = HTTPLimits()
        limits.stallTimeout = .milliseconds(200)
        limits.verifyTimeout = .seconds(1)
        let error = await #expect(throws: SFSError.self) {
            try await withStore(limits: limits) {
                $0.waitForClose()
            } _: {
                _ = try await $0.verify(hash)
            }
        }
        #expect(error?.code == .timeout)
    }

    @Test("tells of a bad replica by its code")
    func corrupt() async throws {
        let error = await #expect(throws: SFSError.self) {
            try await withStore { connection in
                _ = connection.request()
                connection.reply(500, json: #"{"error":{"code":"corrupt","message":"bad"}}"#)
            } _: {
                _ = try await $0.verify(hash)
            }
        }
        #expect(error?.code == .corrupt)
    }

    /// How many connections to `port` of 127.0.0.1 have the kernel's keepalive timer (proc(5)).
    private static func keepaliveTimers(toPort port: Int) -> Int {
        let stream = fopen("/proc/net/tcp", "r")
        defer { if let stream { fclose(stream) } }
        var table: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        // Foundation's own reading ends with the first page of such a file.
        while let stream, case let count = fread(&chunk, 1, chunk.count, stream), count > 0 {
            table += chunk[..<count]
        }
        let digits = String(port, radix: 16, uppercase: true)
        let remote = ":" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return String(decoding: table, as: UTF8.self).split(separator: "\n").filter { line in
            let fields = line.split(separator: " ")
            return fields.count > 5 && fields[2].hasSuffix(remote) && fields[5].hasPrefix("02:")
        }.count
    }
}
