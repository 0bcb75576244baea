import NIOCore
import SFSCore
import Testing

@Suite("A byte channel")
struct ByteChannelTests {
    @Test("hands everything over, in order, while holding little")
    func order() async throws {
        let channel = ByteChannel(limit: 100)
        let total = try await withThrowingTaskGroup(of: Int.self) { group in
            group.addTask {
                for value in 0..<1000 {
                    let chunk = ByteBuffer(repeating: UInt8(value % 251), count: 7)
                    let isTaken = try await channel.send(chunk)
                    #expect(isTaken)
                }
                channel.finish()
                return 0
            }
            group.addTask {
                var count = 0
                for try await chunk in channel.stream {
                    #expect(chunk.getInteger(at: 0) == UInt8(count / 7 % 251))
                    count += chunk.readableBytes
                }
                return count
            }
            return try await group.reduce(0, +)
        }
        #expect(total == 7000)
    }

    @Test("holds the sender back until the reader takes something")
    func backPressure() async throws {
        let channel = ByteChannel(limit: 10)
        #expect(try await channel.send(ByteBuffer(repeating: 1, count: 10)))
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask { try await channel.send(ByteBuffer(repeating: 2, count: 10)) }
            let iterator = channel.makeAsyncIterator()
            let first = try await iterator.next()
            #expect(first?.readableBytes == 10)
            let isTaken = try await group.next()
            #expect(isTaken == true)
            let second = try await iterator.next()
            #expect(second?.getInteger(at: 0) == UInt8(2))
        }
    }

    @Test("tells a waiting sender that the reader is gone")
    func abandoned() async throws {
        let channel = ByteChannel(limit: 1)
        #expect(try await channel.send(ByteBuffer(repeating: 1, count: 1)))
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask { try await channel.send(ByteBuffer(repeating: 2, count: 1)) }
            channel.abandon()
            let isTaken = try await group.next()
            #expect(isTaken == false)
        }
    }

    @Test("gives what was sent before it gives the error")
    func failure() async throws {
        let channel = ByteChannel(limit: 10)
        #expect(try await channel.send(ByteBuffer(repeating: 1, count: 1)))
        channel.finish(throwing: SFSError(.io, "gone"))
        let iterator = channel.makeAsyncIterator()
        #expect(try await iterator.next() != nil)
        await #expect(throws: SFSError.self) { try await iterator.next() }
    }

    @Test("lets a cancelled reader go")
    func cancelledReader() async throws {
        let channel = ByteChannel(limit: 10)
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for try await _ in channel.stream {} }
            group.cancelAll()
            await #expect(throws: CancellationError.self) { try await group.waitForAll() }
        }
    }

    @Test("is stalled only while something waits for the reader")
    func stall() async throws {
        let channel = ByteChannel(limit: 10)
        #expect(!channel.isStalled(for: .zero))
        #expect(try await channel.send(ByteBuffer(repeating: 1, count: 1)))
        #expect(channel.isStalled(for: .zero))
        #expect(!channel.isStalled(for: .seconds(3600)))
        let iterator = channel.makeAsyncIterator()
        _ = try await iterator.next()
        #expect(!channel.isStalled(for: .zero))
        channel.finish()
        #expect(channel.isStalled(for: .zero))
    }
}
