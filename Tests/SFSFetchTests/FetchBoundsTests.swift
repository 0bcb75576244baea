import NIOCore
import ProcessFixture
import SFSCore
import SFSFetch
import Testing

@Suite("The bounds of a fetch")
struct FetchBoundsTests {
    private static let endless = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    private static let chunk = "10000\r\n" + String(repeating: "x", count: 0x10000) + "\r\n"

    @Test("refuse an answer that announces too much, and one that does not stop")
    func size() async throws {
        try await WebServer.run { exchange in
            if exchange.target == "/announced" {
                try await exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 1000001\r\n\r\nx")
            } else {
                try await exchange.send(Self.endless)
                while true { try await exchange.send(Self.chunk) }
            }
        } _: { port in
            let fetcher = try FetchFixture.fetcher(bytes: 1_000_000)
            for path in ["announced", "endless"] {
                let failure = await fetcher.failure("http://127.0.0.1:\(port)/\(path)")
                #expect(failure?.code == .tooLarge, "\(path)")
            }
        }
    }

    @Test("hold for exactly as many bytes as are allowed")
    func exactSize() async throws {
        try await WebServer.run {
            try await $0.answer("12345")
        } _: { port in
            let text = try await FetchFixture.fetcher(bytes: 5).text("http://127.0.0.1:\(port)/")
            #expect(text == "12345")
            let failure = try await FetchFixture.fetcher(bytes: 4)
                .failure("http://127.0.0.1:\(port)/")
            #expect(failure?.code == .tooLarge)
        }
    }

    @Test("refuse heads without an end")
    func headers() async throws {
        try await WebServer.run { exchange in
            try await exchange.send("HTTP/1.1 200 OK\r\n")
            while true {
                try await exchange.send("X-More: " + String(repeating: "y", count: 1000) + "\r\n")
            }
        } _: { port in
            let failure = try await FetchFixture.fetcher().failure("http://127.0.0.1:\(port)/")
            #expect(failure?.code == .tooLarge)
        }
    }

    @Test("end one that sends nothing more, at any place", arguments: ["", "HTTP/1.1 200 OK\r\n"])
    func stall(head: String) async throws {
        try await WebServer.run { exchange in
            try await exchange.send(head)
            try await Task.sleep(for: .seconds(3600))
        } _: { port in
            let fetcher = try FetchFixture.fetcher { $0.stallTimeout = .milliseconds(300) }
            let failure = await fetcher.failure("http://127.0.0.1:\(port)/")
            #expect(failure?.code == .timeout)
        }
    }

    @Test("end one that drips for ever")
    func drip() async throws {
        try await WebServer.run { exchange in
            try await exchange.send(Self.endless)
            while true {
                try await exchange.send("1\r\nx\r\n")
                try await Task.sleep(for: .milliseconds(20))
            }
        } _: { port in
            let fetcher = try FetchFixture.fetcher { $0.totalTimeout = .milliseconds(500) }
            let failure = await fetcher.failure("http://127.0.0.1:\(port)/")
            #expect(failure?.code == .timeout)
        }
    }

    @Test("let no cut answer pass for a whole one")
    func cut() async throws {
        try await WebServer.run { exchange in
            if exchange.target == "/length" {
                try await exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345")
            } else {
                try await exchange.send(Self.endless + "5\r\n12345\r\n")
            }
        } _: { port in
            let fetcher = try FetchFixture.fetcher()
            for path in ["length", "chunks"] {
                let failure = await fetcher.failure("http://127.0.0.1:\(port)/\(path)")
                #expect(failure?.code == .unavailable, "\(path)")
            }
        }
    }

    @Test("hold the sender back while the reader is slow, and lose nothing")
    func backPressure() async throws {
        // Far more than the kernel keeps for both sockets.
        let total = 384 << 20
        let notes = Notes()
        try await WebServer.run { exchange in
            try await exchange.send("HTTP/1.1 200 OK\r\nContent-Length: \(total)\r\n\r\n")
            let block = [UInt8](repeating: 7, count: 64 << 10)
            for _ in 0..<(total / block.count) {
                try await exchange.send(block)
                notes.count(block.count)
            }
            // To close now would drop what is still on its way.
            try await Task.sleep(for: .seconds(3600))
        } _: { port in
            let request = FetchRequest(url: "http://127.0.0.1:\(port)/")
            let read = try await FetchFixture.fetcher(bytes: Int64(total)).fetch(
                request
            ) { answer in
                var read = 0
                for try await chunk in answer.bytes {
                    if read == 0 {
                        try await Self.settled(notes)
                        #expect(notes.counted < total / 2)
                    }
                    read += chunk.readableBytes
                }
                return read
            }
            #expect(read == total)
        }
    }

    /// Waits until the server has not sent anything for a while.
    private static func settled(_ notes: Notes) async throws {
        var last = (count: -1, time: ContinuousClock.now)
        try await eventually("the sender to be held back") {
            if notes.counted != last.count { last = (notes.counted, .now) }
            return .now - last.time > .milliseconds(300) ? () : nil
        }
    }

    @Test("end the transfer when the reader stops, fails or is cancelled")
    func leaving() async throws {
        let notes = Notes()
        try await WebServer.run { exchange in
            notes.count(1)
            defer { notes.count(-1) }
            try await exchange.send(Self.endless)
            while true { try await exchange.send(Self.chunk) }
        } _: { port in
            let fetcher = try FetchFixture.fetcher(workers: 1)
            let request = FetchRequest(url: "http://127.0.0.1:\(port)/")
            let first = try await fetcher.fetch(request) { answer in
                try await answer.bytes.first { _ in true }?.readableBytes
            }
            #expect((first ?? 0) > 0)
            try await eventually("the transfer to end") { notes.counted == 0 ? () : nil }

            await #expect(throws: SFSError.self) {
                try await fetcher.fetch(request) { _ in throw SFSError(.io, "a full disk") }
            }
            try await eventually("the transfer to end") { notes.counted == 0 ? () : nil }

            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await fetcher.fetch(request) { answer in
                        for try await _ in answer.bytes {
                            try await Task.sleep(for: .milliseconds(1))
                        }
                    }
                }
                try await eventually("a transfer") { notes.counted == 1 ? () : nil }
                group.cancelAll()
                await #expect(throws: CancellationError.self) { try await group.next() }
            }
            try await eventually("the transfer to end") { notes.counted == 0 ? () : nil }
        }
    }

    @Test("let nobody read after its end")
    func lateReader() async throws {
        try await WebServer.run {
            try await $0.answer("hello")
        } _: { port in
            let request = FetchRequest(url: "http://127.0.0.1:\(port)/")
            let kept = try await FetchFixture.fetcher().fetch(request) { $0 }
            await #expect(throws: SFSError.self) {
                for try await _ in kept.bytes {}
            }
        }
    }

    @Test("let others wait for a place, and refuse them when none gets free")
    func workers() async throws {
        try await WebServer.run { exchange in
            try await exchange.answer("hello")
        } _: { port in
            let fetcher = try FetchFixture.fetcher(workers: 1) {
                $0.connectTimeout = .milliseconds(300)
            }
            let url = "http://127.0.0.1:\(port)/"
            let slow = FetchRequest(url: "http://127.0.0.1:\(port)/")
            try await WebServer.run { exchange in
                try await exchange.send(Self.endless)
                while true { try await exchange.send(Self.chunk) }
            } _: { endless in
                let busy = FetchRequest(url: "http://127.0.0.1:\(endless)/")
                try await fetcher.fetch(busy) { _ in
                    let failure = await fetcher.failure(slow)
                    #expect(failure?.code == .busy)
                }
                let text = try await fetcher.text(url)
                #expect(text == "hello")
            }
        }
    }

    @Test("lose no place by one who gives up waiting for it")
    func cancelledWaiter() async throws {
        try await WebServer.run {
            try await $0.answer("hello")
        } _: { port in
            let fetcher = try FetchFixture.fetcher(workers: 1)
            let url = "http://127.0.0.1:\(port)/"
            for _ in 0..<20 {
                try await fetcher.fetch(FetchRequest(url: url)) { _ in
                    await withThrowingTaskGroup(of: String.self) { group in
                        group.addTask { try await fetcher.text(url) }
                        group.cancelAll()
                    }
                }
            }
            let text = try await fetcher.text(url)
            #expect(text == "hello")
        }
    }
}
