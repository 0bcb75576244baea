import Glibc
import NIOCore
import SFSCore
import SFSHTTP
import Synchronization
import Testing

/// How connections on the quick path end.
@Suite("A connection on the quick path", .serialized)
struct QuickLifeTests {
    private static let request = "GET /file/a HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test("is closed when it was silent for too long, before and after a request")
    func idle() async throws {
        var limits = HTTPLimits()
        limits.idleTimeout = .milliseconds(300)
        try await RunningServer.with(PreparedFile(size: 100), limits: limits) { server in
            try await server.withClient { client in
                #expect(client.isClosed())
            }
            try await server.withClient { client in
                try client.send(Self.request)
                #expect(try client.response().status == 200)
                #expect(client.isClosed())
            }
        }
    }

    @Test("stays open as long as it is used, however long that is")
    func busy() async throws {
        var limits = HTTPLimits()
        limits.idleTimeout = .milliseconds(500)
        let file = PreparedFile(size: 100)
        try await RunningServer.with(file, limits: limits) { server in
            try await server.withClient { client in
                for _ in 0..<30 {
                    try client.send(Self.request)
                    #expect(try client.response().body == file.bytes)
                    usleep(50_000)
                }
            }
        }
        #expect(file.answered.value == 0)
    }

    @Test("is refused when its request comes byte by byte for too long")
    func slow() async throws {
        var limits = HTTPLimits()
        limits.headerTimeout = .milliseconds(500)
        try await RunningServer.with(PreparedFile(size: 100), limits: limits) { server in
            try await server.withClient { client in
                try client.send("GET /file/")
                let start = ContinuousClock.now
                while (try? client.send("a")) != nil, .now - start < .seconds(10) {
                    usleep(100_000)
                }
                #expect(.now - start < .seconds(8))
            }
        }
    }

    @Test("is closed when the client takes nothing of a response for too long")
    func blocked() async throws {
        var limits = HTTPLimits()
        limits.writeIdleTimeout = .milliseconds(300)
        let file = PreparedFile(size: 8 << 20)
        try await RunningServer.with(file, limits: limits) { server in
            try await server.withClient { client in
                client.receivesLittle()
                try client.send(Self.request)
                usleep(2_000_000)
                let count = (try? client.receiveAll { _ in }) ?? 0
                #expect(count < file.bytes.count)
            }
        }
    }

    @Test("ends at once when the server stops, if nothing is under way")
    func drainIdle() async throws {
        try await RunningServer.with(PreparedFile(size: 100)) { server in
            try await server.withClient { client in
                try client.send(Self.request)
                #expect(try client.response().status == 200)
                server.server.beginGracefulStop()
                #expect(client.isClosed())
            }
        }
    }

    @Test("gets all of its response when the server stops meanwhile")
    func drainBusy() async throws {
        let file = PreparedFile(size: 8 << 20)
        try await RunningServer.with(file) { server in
            try await server.withClient { client in
                client.receivesLittle()
                try client.send(Self.request)
                while file.prepared.value == 0 { usleep(1000) }
                server.server.beginGracefulStop()
                #expect(try client.response().body == file.bytes)
                #expect(client.isClosed())
            }
        }
    }

    @Test("is told when it has had its last response")
    func last() async throws {
        var limits = HTTPLimits()
        limits.requestsPerConnectionMaximum = 2
        try await RunningServer.with(PreparedFile(size: 100), limits: limits) { server in
            try await server.withClient { client in
                try client.send(Self.request + Self.request + Self.request)
                #expect(try client.response().header("Connection") == nil)
                #expect(try client.response().header("Connection") == "close")
                #expect(client.isClosed())
            }
        }
    }

    @Test("may go away in the middle without harm")
    func gone() async throws {
        let file = PreparedFile(size: 8 << 20)
        try await RunningServer.with(file) { server in
            for _ in 0..<20 {
                try await server.withClient { client in
                    try client.send(Self.request)
                    _ = try client.receive()
                    client.reset()
                }
            }
            let isTold = try await eventually { file.told.withLock { $0.answers == 20 } }
            #expect(isTold)
            try await server.withClient { client in
                try client.send(Self.request)
                #expect(try client.response().body == file.bytes)
            }
        }
    }
}
