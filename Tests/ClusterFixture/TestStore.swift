import NIOCore
import SFSStore
import Logging
import PostgresFixture
import SFSCatalog
package import SFSCore
package import SFSWire
import Testing

/// One store in the test's process, reached directly or over HTTP.
package struct TestStore: Sendable {
    /// How the test talks to it.
    package let transport: any StoreTransport
    private let disk: TestDisk

    /// The folder of its volume.
    package var folder: String { disk.folder }

    /// Runs `body` with a store on a new volume.
    package static func with(
        _ reach: Reach, _ body: @Sendable (TestStore) async throws -> Void
    ) async throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        try await TemporaryFolder.with { folder in
            try await PostgresFixture.withCatalog { catalog, _ in
                let identity = try await catalog.open(cluster: try MemberName(parsing: "test"))
                let plan = StorePlan(
                    folder: folder.path, zones: 1, storesPerZone: 1, minFree: .mebibytes(1),
                    cluster: identity, catalog: catalog, logger: logger)
                try await plan.with(reach) { stores, transports in
                    try await body(
                        TestStore(
                            transport: transports[0], disk: TestDisk(stores[0].settings.folder)))
                }
            }
        }
    }

    /// Sends `bytes` without committing them.
    package func receive(_ bytes: TestBytes) async throws -> UploadID {
        let upload = UploadID.random()
        _ = try await transport.receive(
            upload, algorithm: .sha1, length: Int64(bytes.buffer.readableBytes),
            body: bytes.stream())
        return upload
    }

    /// Makes `bytes` a content.
    package func put(
        _ bytes: TestBytes, _ algorithm: HashAlgorithm = .sha1
    ) async throws -> ContentHash {
        let upload = UploadID.random()
        let received = try await transport.receive(
            upload, algorithm: algorithm, length: nil, body: bytes.stream())
        try await transport.commit(upload, as: received.hash, .example)
        return received.hash
    }

    package func contentFiles() throws -> [String] { try disk.contentFiles() }
    package func spoolFiles() throws -> [String] { try disk.spoolFiles() }
    package func quarantinedFiles() throws -> [String] { try disk.quarantinedFiles() }
    package func inode(of hash: ContentHash) throws -> Int { try disk.inode(of: hash) }
    package func moveVolumeAway() throws { try disk.moveAway() }

    package func flipByte(of hash: ContentHash, at offset: Int) throws {
        try disk.flipByte(of: hash, at: offset)
    }

    /// Checks that the store keeps neither contents nor leftovers.
    package func expectEmpty() async throws {
        #expect(try spoolFiles().isEmpty)
        #expect(try contentFiles().isEmpty)
    }
}
