import ClusterFixture
import SFSCatalog
import SFSCore
import SFSStore
import SFSWire
import Testing

/// What is deleted goes from all stores, and nothing that was put later goes with it
/// (promises.md "Delete", C1).
@Suite("A deletion")
struct TrashTaskTests {
    private static let bytes = TestBytes(size: 300_000)

    @Test("puts all files into the trash, and the volumes remember it")
    func deletes() async throws {
        try await TestCluster.with(settings: TestCluster.hurries) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 3)
            let other = try cluster.otherStore(than: content.map)
            try await cluster.order(.clone, content.hash, on: other, isExtra: true)
            try await cluster.working {
                try await cluster.untilTasksAreDone()
                try await delete(content.hash, in: cluster)
                try await cluster.untilTasksAreDone()
            }
            #expect(try cluster.contentFiles().isEmpty)
            for store in cluster.stores.map(\.settings.name) {
                #expect(try cluster.trashedFiles(of: store).count == 1)
                #expect(try cluster.remembers(content.hash, on: store))
            }
        }
    }

    @Test("takes nothing of a later put, however late its orders are done")
    func putAgain() async throws {
        try await TestCluster.with(settings: TestCluster.hurries) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 4)
            try await delete(content.hash, in: cluster)
            // On two stores before the orders were done, on two others nothing came since.
            let again = try await cluster.put(Self.bytes, copies: 2)
            try await cluster.working { try await cluster.untilTasksAreDone() }
            // The inventory that follows the opening may have found the files of the others first,
            // which are as good.
            #expect(try await cluster.counted(content.hash).isSuperset(of: again.map))
            let record = try await cluster.catalog.content(content.hash)
            #expect(record?.attributes.generation == 2)
            try await cluster.expectTruth(of: content.hash)
        }
    }

    @Test("takes a file that has lost its attributes, too")
    func nameless() async throws {
        try await TestCluster.with(settings: TestCluster.hurries) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 2)
            try cluster.loseAttributes(of: content.hash, on: content.map[0])
            let found = try await cluster.store(content.map[0]).find(content.hash)
            #expect(found != nil && found?.attributes == nil)
            try await delete(content.hash, in: cluster)
            try await cluster.working { try await cluster.untilTasksAreDone() }
            #expect(try cluster.contentFiles().isEmpty)
            #expect(try cluster.trashedFiles(of: content.map[0]).count == 1)
        }
    }

    @Test("while a clone is under way leaves nothing of it")
    func duringClone() async throws {
        let bytes = TestBytes(size: 4_000_000)
        let throttle = Throttle(bytesPerSecond: 1 << 20)
        try await TestCluster.with(settings: TestCluster.hurries, throttle: throttle) { cluster in
            let content = try await cluster.put(bytes, copies: 2)
            let other = try cluster.otherStore(than: content.map)
            try await cluster.order(.clone, content.hash, on: other)
            try await cluster.working {
                try await cluster.eventually("no bytes came") {
                    try await cluster.tasks().first.map { $0.bytesDone > 0 } ?? false
                }
                try await delete(content.hash, in: cluster)
                try await cluster.untilTasksAreDone()
            }
            #expect(try await cluster.catalog.content(content.hash) == nil)
            try await cluster.expectTruth(of: content.hash)
            #expect(try cluster.trashedFiles(of: other).isEmpty)
        }
    }

    @Test("can be taken back within the grace", arguments: [false, true])
    func undeletes(isBefore: Bool) async throws {
        try await TestCluster.with(settings: TestCluster.hurries) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 3)
            let before = try await cluster.catalog.content(content.hash)
            try await delete(content.hash, in: cluster)
            // Before the files are in the trash, or afterwards.
            if !isBefore { try await cluster.working { try await cluster.untilTasksAreDone() } }
            let starts = try await cluster.catalog.undelete(
                [content.hash], grace: .seconds(3600), actor: "test", reason: "a test")
            #expect(starts == [content.hash: .begun(stores: 3)])
            try await cluster.working { try await cluster.untilTasksAreDone() }
            #expect(try await cluster.counted(content.hash) == Set(content.map))
            let after = try await cluster.catalog.content(content.hash)
            #expect(after?.attributes.generation == 2)
            #expect(after?.attributes.created == before?.attributes.created)
            #expect(after?.attributes.mediaType == before?.attributes.mediaType)
            #expect(after?.want == before?.want && after?.size == before?.size)
            try await cluster.expectTruth(of: content.hash)
            for name in content.map { #expect(try cluster.trashedFiles(of: name).isEmpty) }
        }
    }

    @Test("that is taken back brings no bad file back, and ends where there is none")
    func undeletesGoodOnes() async throws {
        try await TestCluster.with(settings: TestCluster.hurries) { cluster in
            let content = try await cluster.put(Self.bytes, copies: 3)
            try await delete(content.hash, in: cluster)
            try await cluster.working { try await cluster.untilTasksAreDone() }
            try cluster.flipTrashedByte(on: content.map[0], at: 7)
            try cluster.emptyTrash(of: content.map[1])
            _ = try await cluster.catalog.undelete(
                [content.hash], grace: .seconds(3600), actor: "test", reason: "a test")
            try await cluster.working { try await cluster.untilTasksAreDone() }
            #expect(try await cluster.tasks().isEmpty)
            #expect(try await cluster.counted(content.hash) == [content.map[2]])
            #expect(try cluster.quarantinedFiles(of: content.map[0]).count == 1)
            try await cluster.expectTruth(of: content.hash)
        }
    }

    private func delete(_ hash: ContentHash, in cluster: TestCluster) async throws {
        let count = try await cluster.catalog.deleteContents(
            [hash], actor: "test", reason: "a test")
        #expect(count == 1)
    }
}
