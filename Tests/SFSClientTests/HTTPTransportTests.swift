import Foundation
import NIOCore
import PrismStandIn
import SFSCore
import SFSWire
import Testing

@testable import SFSClient

@Suite("A transport")
struct HTTPTransportTests {
    private let ask = HTTPRequestParts(.get, Routes.status)

    @Test("throws the very error that the other side had", arguments: ErrorCode.allCases)
    func errors(code: ErrorCode) async throws {
        let body = try JSON.encode(ErrorMessage(SFSError(code, "the reason")))
        let server = try RawServer { connection in
            while connection.request() != nil { connection.reply(503, [:], body) }
        }
        defer { server.stop() }
        let error = await #expect(throws: SFSError.self) {
            try await withTransport(to: server.address) { _ = try await $0.send(ask) }
        }
        #expect(error?.code == code)
        #expect(error?.message == "the reason")
    }

    @Test("makes an error of a bare status", arguments: [(404, "not-found"), (502, "unavailable")])
    func bareStatus(status: Int, code: String) async throws {
        let server = try RawServer { connection in
            while connection.request() != nil { connection.reply(status, [:], Array("<h1>".utf8)) }
        }
        defer { server.stop() }
        let error = await #expect(throws: SFSError.self) {
            try await withTransport(to: server.address) { _ = try await $0.send(ask) }
        }
        #expect(error?.code.rawValue == code)
    }

    @Test("says at once that nobody is there, where, and what to do")
    func refused() async throws {
        // Port 1 is the kernel's to give to nobody.
        let address = "http://127.0.0.1:1"
        var limits = HTTPLimits()
        limits.connectTimeout = .seconds(600)
        let start = ContinuousClock.now
        let error = await #expect(throws: SFSError.self) {
            try await withTransport(to: address, limits: limits, remedy: "start one") {
                _ = try await $0.send(ask)
            }
        }
        #expect(error?.code == .unavailable)
        #expect(error?.message == "cannot reach sfsd at '\(address)'; start one")
        #expect(ContinuousClock.now - start < limits.connectTimeout / 2)
    }

    @Test("says so of a socket that is not there too")
    func noSocket() async throws {
        let path = "/tmp/sfs-\(UploadID.random())"
        let error = await #expect(throws: SFSError.self) {
            try await withTransport(to: path) { _ = try await $0.send(ask) }
        }
        #expect(error?.code == .unavailable)
        #expect(error?.message == "cannot reach sfsd at '\(path)'")
    }

    @Test("sends token and request over a Unix socket")
    func socket() async throws {
        let path = "/tmp/sfs-\(UploadID.random())"
        let seen = Seen<RawRequest>()
        let server = try RawServer(socket: path) { connection in
            while let request = connection.request() {
                seen.add(request)
                connection.reply(200, json: "{}")
            }
        }
        defer { server.stop() }
        try await withTransport(to: path, token: "secret") { try await $0.send(ask).discard() }
        #expect(seen.all.map(\.target) == [Routes.status])
        #expect(seen.all.first?.headers["authorization"] == "Bearer secret")
    }

    @Test("says that a connection broke before the reply")
    func broken() async throws {
        let server = try RawServer { connection in
            _ = connection.request()
            connection.reset()
        }
        defer { server.stop() }
        let error = await #expect(throws: SFSError.self) {
            try await withTransport(to: server.address) { _ = try await $0.send(ask) }
        }
        #expect(error?.code == .unavailable)
    }

    @Test("refuses a reply that is no JSON, and one that is too long")
    func senseless() async throws {
        let server = try RawServer { connection in
            while connection.request() != nil { connection.reply(200, json: "[1, 2") }
        }
        defer { server.stop() }
        var limits = HTTPLimits()
        for size in [100, 2] {
            limits.messageBytesMaximum = size
            let error = await #expect(throws: SFSError.self) {
                try await withTransport(to: server.address, limits: limits) {
                    _ = try await $0.send(ask, for: StatusReply.self)
                }
            }
            #expect(error?.code == .protocol)
        }
    }
}

@Suite("A stall")
struct StallTests {
    private var limits: HTTPLimits {
        var limits = HTTPLimits()
        limits.stallTimeout = .seconds(1)
        return limits
    }

    @Test("is an answer that does not come")
    func noAnswer() async throws {
        let error = await #expect(throws: SFSError.self) {
            try await withStore(limits: limits) {
                $0.waitForClose()
            } _: { store in
                _ = try await store.find(ContentHash(bytes: [UInt8](repeating: 1, count: 20)))
            }
        }
        #expect(error?.code == .timeout)
    }

    @Test(
        "of a question is over in time, however lively the other side is",
        arguments: [true, false])
    func endless(onSocket: Bool) async throws {
        let script = { @Sendable (connection: RawConnection) in
            _ = connection.request()
            for _ in 0..<200 {
                connection.send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
                usleep(20_000)
            }
            connection.reply(200, json: "{}")
        }
        try await expectTimeout(of: script, onSocket) { try await $0.ping() }
    }

    /// What goes on and on before a content begins.
    enum Prelude: String, CaseIterable {
        case interim = "HTTP/1.1 102 Processing\r\n\r\n"
        case head = "HTTP/1.1 200 OK\r\nX: "
        case refusal = "HTTP/1.1 500 Oops\r\nContent-Length: 1000\r\n\r\n"
    }

    @Test(
        "before a content begins is over in time, however lively the other side is",
        arguments: Prelude.allCases, [true, false])
    func endlessPrelude(prelude: Prelude, onSocket: Bool) async throws {
        let script = { @Sendable (connection: RawConnection) in
            _ = connection.request()
            connection.send(Array(prelude.rawValue.utf8))
            for _ in 0..<200 {
                connection.send(Array((prelude == .interim ? prelude.rawValue : "x").utf8))
                usleep(20_000)
            }
        }
        try await expectTimeout(of: script, onSocket) {
            _ = try await $0.get(ContentHash(bytes: [UInt8](repeating: 1, count: 20)))
        }
    }

    /// Expects that `body` is over in time though a server that follows `script` goes on and on.
    private func expectTimeout(
        of script: @escaping @Sendable (RawConnection) -> Void, _ onSocket: Bool,
        _ body: @escaping @Sendable (PrismClient) async throws -> Void
    ) async throws {
        let server =
            try onSocket
            ? RawServer(socket: "/tmp/sfs-\(UploadID.random())", script: script)
            : RawServer(script: script)
        defer { server.stop() }
        var limits = HTTPLimits()
        limits.answerTimeout = .milliseconds(300)
        let error = await #expect(throws: SFSError.self) {
            try await withTransport(to: server.address, limits: limits) {
                try await body(PrismClient($0))
            }
        }
        #expect(error?.code == .timeout)
    }

    @Test("before a content begins is not one within it")
    func longContent() async throws {
        var limits = HTTPLimits()
        limits.answerTimeout = .seconds(2)
        let bytes = try await withStore(limits: limits) { connection in
            _ = connection.request()
            connection.reply(200, ["Content-Length": "30"])
            for _ in 0..<30 {
                usleep(100_000)
                connection.send([7])
            }
        } _: { store in
            let hash = try ContentHash(bytes: [UInt8](repeating: 1, count: 20))
            return try await collect(try await store.read(hash, offsets: nil).bytes)
        }
        #expect(bytes == [UInt8](repeating: 7, count: 30))
    }

    @Test("of a question is shorter than that of a content")
    func question() async throws {
        let server = try RawServer { connection in
            while let request = connection.request() {
                guard request.method == "PUT" else { return connection.waitForClose() }
                usleep(900_000)
                connection.reply(200, json: "{}")
            }
        }
        defer { server.stop() }
        var limits = HTTPLimits()
        limits.stallTimeout = .seconds(20)
        limits.answerTimeout = .milliseconds(300)
        try await withTransport(to: server.address, limits: limits) { transport in
            try await transport.order(
                HTTPRequestParts(.put, "/x").with(stream: stream([[1]]), length: 1))
            let start = ContinuousClock.now
            let error = await #expect(throws: SFSError.self) {
                _ = try await PrismClient(transport).exists([
                    ContentHash(bytes: [UInt8](repeating: 1, count: 20))
                ])
            }
            #expect(error?.code == .timeout)
            #expect(ContinuousClock.now - start < limits.stallTimeout / 2)
        }
    }

    @Test("is a body that is not taken")
    func notTaken() async throws {
        let endless = ByteStream(
            AsyncThrowingStream { ByteBuffer(repeating: 1, count: 1 << 20) })
        let wait = DispatchSemaphore(value: 0)
        defer { wait.signal() }
        let error = await #expect(throws: SFSError.self) {
            try await withStore(limits: limits) { connection in
                _ = connection.head()
                wait.wait()
            } _: { store in
                _ = try await store.receive(
                    .random(), algorithm: .sha1, length: nil, body: endless)
            }
        }
        #expect(error?.code == .timeout)
    }

    @Test("is a body that stops coming")
    func stopsComing() async throws {
        let error = await #expect(throws: SFSError.self) {
            try await withStore(limits: limits) { connection in
                _ = connection.request()
                connection.reply(200, ["Content-Length": "100"], Array("only this".utf8))
                connection.waitForClose()
            } _: { store in
                let hash = try ContentHash(bytes: [UInt8](repeating: 1, count: 20))
                _ = try await collect(try await store.read(hash, offsets: nil).bytes)
            }
        }
        #expect(error?.code == .timeout)
    }

    @Test("is not a source of ours that is slow")
    func slowSource() async throws {
        let hash = try PrismStandIn.hash(Array("abc".utf8), .sha1)
        let received = try await withStore(limits: limits) { connection in
            guard let request = connection.request() else { return }
            connection.reply(200, json: #"{"hash":"\#(hash)","size":\#(request.body.count)}"#)
        } _: { store in
            try await store.receive(
                .random(), algorithm: .sha1, length: nil,
                body: stream([[97, 98], [99]], every: .milliseconds(2000)))
        }
        #expect(received == ReceivedBytes(hash: hash, size: 3))
    }

    @Test("is not a reader of ours that is slow")
    func slowReader() async throws {
        let size = 8 << 20
        let bytes = [UInt8](repeating: 7, count: size)
        let count = try await withStore(limits: limits) { connection in
            _ = connection.request()
            connection.reply(200, [:], bytes)
            connection.waitForClose()
        } _: { store in
            let hash = try ContentHash(bytes: [UInt8](repeating: 1, count: 20))
            let body = try await store.read(hash, offsets: nil)
            var count = 0
            for try await chunk in body.bytes {
                if count == 0 { try await Task.sleep(for: .milliseconds(2500)) }
                count += chunk.readableBytes
            }
            return count
        }
        #expect(count == size)
    }
}
