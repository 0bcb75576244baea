import ClusterFixture
import Foundation
import NIOCore
import SFSCore
import SFSFiles
import SFSStore
import SFSWire
import Testing

@Suite("A small content on its way to the disk")
struct TakeTests {
    @Test("keeps its name to itself until it is there, though its sender has given up")
    func givenUp() async throws {
        try await PassSite.with { site in
            // Large enough to be on its way for a while.
            let bytes = TestBytes(size: 48 << 20)
            let hash = try bytes.hash()
            let sum = bytes.buffer.withUnsafeReadableBytes { CRC32C.sum(of: $0) }
            let content = HashedBytes(bytes: bytes.buffer, hash: hash, sum: sum)
            let attributes = ContentAttributes(
                fileExtension: "mp4", mediaType: "video/mp4", created: .now(), generation: 1)
            let (store, spool) = (site.stores[0], "\(site.disk(0).folder)/spool")
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await store.take(content, attributes) }
                let deadline = ContinuousClock.now + .seconds(60)
                // On its way, or already there when others keep this task from looking.
                while try FileManager.default.contentsOfDirectory(atPath: spool).isEmpty,
                    try !site.disk(0).holds(hash), .now < deadline
                {
                    try await Task.sleep(for: .milliseconds(1))
                }
                group.cancelAll()
                // Given up or done, by then.
                _ = try? await group.waitForAll()
            }
            #expect(try await store.find(hash)?.size == 48 << 20)
        }
    }
}
