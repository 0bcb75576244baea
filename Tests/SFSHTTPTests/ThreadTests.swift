import NIOCore
import NIOPosix
import SFSCore
import SFSHTTP
import Synchronization
import Testing

@Suite("The thread of a connection")
struct ThreadTests {
    /// Whether this runs on the thread of an event loop.
    private static var isOnLoop: Bool { MultiThreadedEventLoopGroup.currentEventLoop != nil }

    @Test("calls the handler, also after it has waited for its body and for others")
    func handler() async throws {
        let handler = Answer { _, body in
            var places = [Self.isOnLoop]
            _ = try await body.collect(upTo: 10)
            places.append(Self.isOnLoop)
            try await Task.sleep(for: .milliseconds(1))
            places.append(Self.isOnLoop)
            return .text("\(places)")
        }
        try await RunningServer.with(handler) { running in
            let reply = try await running.exchange(
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close\r\n\r\nab")
            #expect(reply.hasSuffix("\r\n\r\n[true, true, true]"))
        }
    }

    @Test("is not held up by what a response is made of")
    func stream() async throws {
        let places = Mutex<[Bool]>([])
        let handler = Answer { _, _ in
            let bytes = AsyncThrowingStream<ByteBuffer, any Error> {
                places.withLock { $0.append(Self.isOnLoop) }
                return ByteBuffer(string: "ab")
            }
            return HTTPResponse(status: 200, body: .stream(length: 6, ByteStream(bytes)))
        }
        try await RunningServer.with(handler) { running in
            let reply = try await running.exchange(
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(reply.hasSuffix("\r\n\r\nababab"))
        }
        #expect(places.withLock { $0 } == [false, false, false])
    }
}
