import ClusterFixture
import NIOCore
import SFSCore
import SFSWire
import Testing

/// What every `StoreTransport` does, run against a store in this process and the same store over
/// HTTP.
@Suite("A store, however it is reached")
struct StoreTransportContract {
    @Test(
        "keeps bytes of any size and gives them back",
        arguments: Reach.allCases, [0, 1, 4096, 256 << 10, (256 << 10) + 1, 3 << 20])
    func roundTrip(reach: Reach, size: Int) async throws {
        try await TestStore.with(reach) { store in
            let bytes = TestBytes(size: size)
            let upload = UploadID.random()
            let received = try await store.transport.receive(
                upload, algorithm: .sha1, length: Int64(size), body: bytes.stream(chunk: 64 << 10))
            #expect(received == ReceivedBytes(hash: try bytes.hash(), size: Int64(size)))
            try await store.transport.commit(upload, as: received.hash, .example)
            #expect(try await store.transport.find(received.hash)?.size == Int64(size))
            #expect(try await store.transport.find(received.hash)?.attributes == .example)
            let body = try await store.transport.read(received.hash, offsets: nil)
            #expect(body.size == Int64(size))
            #expect(try await body.bytes.collected() == bytes.buffer)
            #expect(try store.spoolFiles().isEmpty)
            #expect(try store.contentFiles() == [received.hash.hex])
        }
    }

    @Test(
        "takes small contents in one call, many at once, and gives them back",
        arguments: Reach.allCases)
    func small(reach: Reach) async throws {
        try await TestStore.with(reach) { store in
            let sizes = [0, 1, 4096, 256 << 10, (256 << 10) + 1, 1 << 20] + Array(2..<60)
            try await withThrowingTaskGroup { group in
                for size in sizes {
                    group.addTask {
                        try await store.transport.take(TestBytes(size: size).hashed(), .example)
                    }
                }
                try await group.waitForAll()
            }
            for size in sizes {
                let bytes = TestBytes(size: size)
                let hash = try bytes.hash()
                #expect(try await store.transport.find(hash)?.attributes == .example)
                let body = try await store.transport.read(hash, offsets: nil)
                #expect(try await body.bytes.collected() == bytes.buffer)
            }
            #expect(try store.spoolFiles().isEmpty)
            #expect(try store.contentFiles().count == sizes.count)
        }
    }

    @Test(
        "takes the same small content many times at once and keeps one", arguments: Reach.allCases)
    func sameSmall(reach: Reach) async throws {
        try await TestStore.with(reach) { store in
            let content = try TestBytes(size: 5000).hashed()
            try await withThrowingTaskGroup { group in
                for _ in 0..<16 {
                    group.addTask { try await store.transport.take(content, .example) }
                }
                try await group.waitForAll()
            }
            #expect(try store.spoolFiles().isEmpty)
            #expect(try store.contentFiles() == [content.hash.hex])
            _ = try await store.transport.verify(content.hash)
        }
    }

    @Test("refuses a small content that is not what was hashed", arguments: Reach.allCases)
    func otherSmall(reach: Reach) async throws {
        try await TestStore.with(reach) { store in
            let hashed = try TestBytes(size: 5000).hashed()
            let other = HashedBytes(
                bytes: TestBytes(size: 5000, seed: 2).buffer, hash: hashed.hash, sum: hashed.sum)
            let error = await #expect(throws: SFSError.self) {
                try await store.transport.take(other, .example)
            }
            #expect([.corrupt, .hashMismatch].contains(error?.code))
            try await store.expectEmpty()
        }
    }

    @Test("names contents by each algorithm", arguments: Reach.allCases, HashAlgorithm.allCases)
    func algorithms(reach: Reach, algorithm: HashAlgorithm) async throws {
        try await TestStore.with(reach) { store in
            let bytes = TestBytes(size: 1000)
            let hash = try await store.put(bytes, algorithm)
            #expect(hash == (try bytes.hash(algorithm)))
            let body = try await store.transport.read(hash, offsets: 10..<20)
            #expect(try await body.bytes.collected() == bytes.buffer.getSlice(at: 10, length: 10))
        }
    }

    @Test("takes a body whose length nobody knows", arguments: Reach.allCases)
    func unknownLength(reach: Reach) async throws {
        try await TestStore.with(reach) { store in
            let bytes = TestBytes(size: 700_001)
            let upload = UploadID.random()
            let received = try await store.transport.receive(
                upload, algorithm: .sha256, length: nil, body: bytes.stream(chunk: 1000))
            #expect(received.size == 700_001)
            try await store.transport.commit(upload, as: received.hash, .example)
            #expect(try store.contentFiles().count == 1)
        }
    }

    @Test(
        "refuses to call bytes by another hash, and keeps nothing of them",
        arguments: Reach.allCases)
    func mismatch(reach: Reach) async throws {
        try await TestStore.with(reach) { store in
            let upload = try await store.receive(TestBytes(size: 5000))
            let other = try TestBytes(size: 5001).hash()
            let error = await #expect(throws: SFSError.self) {
                try await store.transport.commit(upload, as: other, .example)
            }
            #expect(error?.code == .hashMismatch)
            try await store.expectEmpty()
        }
    }

    @Test("commits an upload once", arguments: Reach.allCases)
    func twice(reach: Reach) async throws {
        try await TestStore.with(reach) { store in
            let bytes = TestBytes(size: 10)
            let upload = try await store.receive(bytes)
            try await store.transport.commit(upload, as: try bytes.hash(), .example)
            let error = await #expect(throws: SFSError.self) {
                try await store.transport.commit(upload, as: try bytes.hash(), .example)
            }
            #expect(error?.code == .notFound)
        }
    }

    @Test("keeps nothing of a body that breaks off", arguments: Reach.allCases)
    func brokenBody(reach: Reach) async throws {
        try await TestStore.with(reach) { store in
            let channel = ByteChannel(limit: 10 << 20)
            _ = try await channel.send(TestBytes(size: 300_000).buffer)
            channel.finish(throwing: SFSError(.protocol, "the client went away"))
            await #expect(throws: (any Error).self) {
                try await store.transport.receive(
                    .random(), algorithm: .sha1, length: 400_000, body: channel.stream)
            }
            try await store.expectEmpty()
        }
    }

    @Test("keeps nothing of a body shorter than announced", arguments: Reach.allCases)
    func shortBody(reach: Reach) async throws {
        try await TestStore.with(reach) { store in
            await #expect(throws: (any Error).self) {
                try await store.transport.receive(
                    .random(), algorithm: .sha1, length: 11,
                    body: ByteStream(TestBytes(size: 10).buffer))
            }
            try await store.expectEmpty()
        }
    }

    @Test("discards what nobody wants", arguments: Reach.allCases)
    func discard(reach: Reach) async throws {
        try await TestStore.with(reach) { store in
            let upload = try await store.receive(TestBytes(size: 5000))
            await store.transport.discard(upload)
            await store.transport.discard(upload)
            try await store.expectEmpty()
        }
    }

    @Test("reads parts, and nothing beyond the end", arguments: Reach.allCases)
    func ranges(reach: Reach) async throws {
        try await TestStore.with(reach) { store in
            let bytes = TestBytes(size: 1_000_000)
            let hash = try await store.put(bytes)
            for offsets in [0..<1, 999_999..<1_000_000, 262_143..<262_145, 100..<900_000]
                as [Range<Int64>]
            {
                let body = try await store.transport.read(hash, offsets: offsets)
                #expect(body.offsets == offsets)
                let expected = bytes.buffer.getSlice(
                    at: Int(offsets.lowerBound), length: offsets.count)
                #expect(try await body.bytes.collected() == expected)
            }
            let error = await #expect(throws: SFSError.self) {
                try await store.transport.read(hash, offsets: 0..<1_000_001).bytes.collected()
            }
            #expect(error?.code == .rangeNotSatisfiable)
        }
    }

    @Test("says so when it does not hold a content", arguments: Reach.allCases)
    func unknown(reach: Reach) async throws {
        try await TestStore.with(reach) { store in
            let hash = try TestBytes(size: 1).hash()
            #expect(try await store.transport.find(hash) == nil)
            let error = await #expect(throws: SFSError.self) {
                try await store.transport.read(hash, offsets: nil)
            }
            #expect(error?.code == .notFound)
        }
    }

    @Test("never hands a wrong byte on", arguments: Reach.allCases)
    func rot(reach: Reach) async throws {
        try await TestStore.with(reach) { store in
            let bytes = TestBytes(size: 2 << 20)
            let hash = try await store.put(bytes)
            try store.flipByte(of: hash, at: 1_500_000)
            var good = ByteBuffer()
            await #expect(throws: (any Error).self) {
                for try await chunk in try await store.transport.read(hash, offsets: nil).bytes {
                    good.writeImmutableBuffer(chunk)
                }
            }
            #expect(good.readableBytes < 2 << 20)
            #expect(bytes.buffer.getSlice(at: 0, length: good.readableBytes) == good)
        }
    }

    @Test("keeps a good replica that is there already", arguments: Reach.allCases)
    func existing(reach: Reach) async throws {
        try await TestStore.with(reach) { store in
            let bytes = TestBytes(size: 300_000)
            let hash = try await store.put(bytes)
            let before = try store.inode(of: hash)
            #expect(try await store.put(bytes) == hash)
            #expect(try store.inode(of: hash) == before)
            #expect(try store.spoolFiles().isEmpty)
        }
    }

    @Test("puts good bytes in the place of a replica that rotted", arguments: Reach.allCases)
    func heal(reach: Reach) async throws {
        try await TestStore.with(reach) { store in
            let bytes = TestBytes(size: 300_000)
            let hash = try await store.put(bytes)
            try store.flipByte(of: hash, at: 7)
            _ = try await store.put(bytes)
            let body = try await store.transport.read(hash, offsets: nil)
            #expect(try await body.bytes.collected() == bytes.buffer)
            #expect(try store.quarantinedFiles().count == 1)
            #expect(try store.spoolFiles().isEmpty)
        }
    }

    @Test("takes equal bytes many times at once and keeps them once", arguments: Reach.allCases)
    func concurrency(reach: Reach) async throws {
        try await TestStore.with(reach) { store in
            let bytes = TestBytes(size: 100_000)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<16 {
                    group.addTask { _ = try await store.put(bytes) }
                }
                try await group.waitForAll()
            }
            #expect(try store.contentFiles() == [try bytes.hash().hex])
            #expect(try store.spoolFiles().isEmpty)
        }
    }

    @Test("verifies a good replica, and says when", arguments: Reach.allCases)
    func verify(reach: Reach) async throws {
        try await TestStore.with(reach) { store in
            let hash = try await store.put(TestBytes(size: 700_000))
            let before = Timestamp.now()
            let verified = try await store.transport.verify(hash)
            #expect(verified.size == 700_000)
            #expect(verified.verifiedAt >= before)
            #expect(verified.verifiedAt <= .now())
        }
    }

    @Test(
        "puts a replica that rotted into quarantine when it is verified", arguments: Reach.allCases)
    func verifyRot(reach: Reach) async throws {
        try await TestStore.with(reach) { store in
            let hash = try await store.put(TestBytes(size: 700_000))
            try store.flipByte(of: hash, at: 600_000)
            let error = await #expect(throws: SFSError.self) {
                _ = try await store.transport.verify(hash)
            }
            #expect(error?.code == .corrupt)
            #expect(try store.quarantinedFiles().count == 1)
            #expect(try store.contentFiles().isEmpty)
            let second = await #expect(throws: SFSError.self) {
                _ = try await store.transport.verify(hash)
            }
            #expect(second?.code == .notFound)
        }
    }

    @Test("tells how it is", arguments: Reach.allCases)
    func health(reach: Reach) async throws {
        try await TestStore.with(reach) { store in
            let health = try await store.transport.health()
            #expect(health.problem == nil)
            #expect(health.freeBytes > 0 && health.freeBytes < health.totalBytes)
        }
    }

    @Test("says that its volume is gone, and takes nothing in then", arguments: Reach.allCases)
    func gone(reach: Reach) async throws {
        try await TestStore.with(reach) { store in
            try store.moveVolumeAway()
            let health = try await store.transport.health()
            #expect(health.problem?.contains(store.folder) == true)
            let error = await #expect(throws: SFSError.self) {
                try await store.receive(TestBytes(size: 1))
            }
            #expect(error?.code == .unavailable)
        }
    }
}
