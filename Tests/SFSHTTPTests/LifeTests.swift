import Foundation
import NIOCore
import NIOPosix
import SFSCore
import SFSHTTP
import Testing

@Suite("A server")
struct LifeTests {
    private static let get = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test("finishes what runs, closes what is idle and takes nothing new when it stops")
    func gracefulStop() async throws {
        let arrived = Outcome<Void>()
        let isIdle = Outcome<Void>()
        let gate = Gate()
        try await RunningServer.with(
            Answer { request, _ in
                if request.path == "/slow" {
                    arrived.set(())
                    await gate.pass()
                }
                return .text(request.path)
            }
        ) { server in
            async let idle = server.withClient { client in
                try client.send(Self.get)
                _ = try client.response()
                isIdle.set(())
                return client.isClosed()
            }
            async let slow = server.withClient { client in
                try client.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
                return try client.receiveAll()
            }
            await arrived.value
            await isIdle.value
            server.server.beginGracefulStop()
            let isIdleClosed = try await idle
            #expect(isIdleClosed)
            let isDeaf = try await eventually { (try? RawClient(to: server.listeners[0])) == nil }
            #expect(isDeaf)
            gate.open()
            let text = try await slow
            #expect(text.contains("\r\nConnection: close\r\n"))
            #expect(text.hasSuffix("/slow"))
        }
    }

    @Test("cuts off what runs for too long after it was told to stop")
    func drainTimeout() async throws {
        var limits = HTTPLimits()
        limits.drainTimeout = .milliseconds(100)
        let arrived = Outcome<Void>()
        try await RunningServer.with(
            Answer { _, _ in
                arrived.set(())
                await Gate().pass()
                return .text("never")
            }, limits: limits
        ) { server in
            async let text = server.exchange(Self.get)
            await arrived.value
            server.server.beginGracefulStop()
            let received = try await text
            #expect(received == "")
        }
    }

    @Test("cuts everything off when it is cancelled")
    func cancelled() async throws {
        let arrived = Outcome<Void>()
        let isCancelled = Outcome<Bool>()
        let server = HTTPServer(
            listeners: [.tcp(host: "127.0.0.1", port: 0, tls: nil)],
            handler: Answer { _, _ in
                arrived.set(())
                await Gate().pass()
                isCancelled.set(Task.isCancelled)
                return .text("never")
            }, logger: .silent, group: MultiThreadedEventLoopGroup.singleton)
        let running = RunningServer(server: server, listeners: try await server.bind())
        let received = try await withThrowingTaskGroup(of: String?.self) { group in
            group.addTask {
                try await server.run()
                return nil
            }
            // Not cancelled with the group: the server has to end it.
            async let received = running.exchange(Self.get)
            await arrived.value
            group.cancelAll()
            for try await _ in group {}
            return try await received
        }
        #expect(received == "")
        #expect(await isCancelled.value)
    }

    @Test("holds no connection open that it has closed")
    func noLeaks() async throws {
        try await RunningServer.with { server in
            for _ in 0..<50 {
                _ = try await server.exchange(
                    "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            }
            let port = try #require(server.listeners[0].port)
            let isClean = try await eventually { openConnections(from: port) == 0 }
            #expect(isClean)
        }
    }

    @Test("outlives clients that leave before they are served")
    func earlyLeavers() async throws {
        try await RunningServer.with { server in
            try await server.withClient { [target = server.listeners[0]] last in
                for number in 0..<2000 {
                    let client = try RawClient(to: target)
                    if number % 2 == 0 { try client.send(Self.get) }
                    if number % 3 != 0 { client.reset() }
                }
                try last.send(Self.get)
                #expect(try last.response().status == 200)
            }
        }
    }

    @Test("says which address is in use, and lets go of those that were not")
    func addressInUse() async throws {
        try await RunningServer.with { running in
            let port = try #require(running.listeners[0].port)
            try await TemporaryFolder.with { folder in
                let path = folder + "/socket"
                let server = HTTPServer(
                    listeners: [
                        .unix(path: path, mode: 0o600, group: nil),
                        .tcp(host: "127.0.0.1", port: port, tls: nil),
                    ],
                    handler: Answer.path, logger: .silent,
                    group: MultiThreadedEventLoopGroup.singleton)
                let error = await #expect(throws: SFSError.self) { try await server.bind() }
                #expect(error?.code == .configuration)
                #expect(
                    error?.message
                        == "cannot listen on '127.0.0.1:\(port)': address already in use")
                #expect(!FileManager.default.fileExists(atPath: path))
            }
        }
    }

    @Test("says that a host is not one of this machine", arguments: ["192.0.2.1", "example.org"])
    func strangeHost(host: String) async throws {
        let server = HTTPServer(
            listeners: [.tcp(host: host, port: 0, tls: nil)], handler: Answer.path,
            logger: .silent, group: MultiThreadedEventLoopGroup.singleton)
        let error = await #expect(throws: SFSError.self) { try await server.bind() }
        #expect(error?.code == .configuration)
        #expect(error?.message.hasPrefix("cannot listen on '\(host):0': ") == true)
    }
}

/// How many TCP connections of this machine have `port` at their near end and are established or
/// half closed.
private func openConnections(from port: Int) -> Int {
    let table = (try? String(contentsOfFile: "/proc/net/tcp", encoding: .utf8)) ?? ""
    let near = String(format: ":%04X", port)
    return table.split(separator: "\n").count { line in
        let fields = line.split(separator: " ")
        // 01 established, 04 and 05 waiting for the end of the other side, 08 for our own.
        return fields[1].hasSuffix(near) && ["01", "04", "05", "08"].contains(fields[3])
    }
}
