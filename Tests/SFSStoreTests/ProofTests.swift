import ClusterFixture
import SFSCatalog
import SFSCore
import SFSFiles
import SFSStore
import SFSWire
import SystemPackage
import Testing

/// What was read as a whole lately need not be read again (promises.md D6).
@Suite("A proof")
struct ProofTests {
    private static let bytes = TestBytes(size: 300_000)

    @Test("is remembered within the window, and belongs to one file as it was")
    func remembers() async throws {
        try await TemporaryFolder.with { folder in
            let hash = try Self.bytes.hash()
            let status = try Folder.open(FilePath(folder.path)).status()
            let proofs = Proofs()
            let moment = ContinuousClock.now
            proofs.note(hash, status, since: moment, .now())
            #expect(proofs.time(of: hash, status, since: moment) != nil)
            #expect(proofs.time(of: hash, status, since: moment + .nanoseconds(1)) == nil)
            #expect(proofs.time(of: try TestBytes(size: 1).hash(), status, since: moment) == nil)
            let other = try Folder.open("/").status()
            #expect(proofs.time(of: hash, other, since: moment) == nil)
            proofs.forget(hash)
            #expect(proofs.time(of: hash, status, since: moment) == nil)
            proofs.note(hash, status, since: moment, .now())
            proofs.forgetAll()
            #expect(proofs.time(of: hash, status, since: moment) == nil)
        }
    }

    @Test("is given from memory after a commit or a verify, for as long as the window is")
    func window() async throws {
        try await TestCluster.with(settings: { $0.proofWindow = .milliseconds(300) }) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 2)
            let store = try cluster.store(content.map[0])
            let committed = try await store.prove(content.hash)
            #expect(committed.size == 300_000)
            let verified = try await store.verify(content.hash)
            #expect(try await store.prove(content.hash).verifiedAt == verified.verifiedAt)
            try await cluster.eventually("it never read again") {
                try await store.prove(content.hash).verifiedAt > verified.verifiedAt
            }
        }
    }

    @Test("is none of a file that changed since, is bad, or is gone", arguments: Reach.allCases)
    func changed(reach: Reach) async throws {
        try await TestCluster.with(reach) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 3)
            for name in content.map {
                _ = try await cluster.fault(of: name).prove(content.hash)
            }
            try cluster.flipByte(of: content.hash, on: content.map[0], at: 1000)
            try cluster.removeReplica(of: content.hash, on: content.map[1])
            for (name, code) in zip(content.map, [ErrorCode.corrupt, .notFound]) {
                let error = await #expect(throws: SFSError.self) {
                    _ = try await cluster.fault(of: name).prove(content.hash)
                }
                #expect(error?.code == code)
            }
            #expect(try cluster.quarantinedFiles(of: content.map[0]).count == 1)
            // The third is as it was.
            _ = try await cluster.fault(of: content.map[2]).prove(content.hash)
        }
    }

    @Test("is given of no volume that is gone")
    func gone() async throws {
        try await TestCluster.with { cluster in
            let content = try await cluster.put(Self.bytes, copies: 2)
            try cluster.moveVolumeAway(of: content.map[0])
            let error = await #expect(throws: SFSError.self) {
                _ = try await cluster.store(content.map[0]).prove(content.hash)
            }
            #expect(error?.code == .unavailable)
        }
    }
}
