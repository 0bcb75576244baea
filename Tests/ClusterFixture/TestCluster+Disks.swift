import SFSCatalog
package import SFSCore
import SFSFiles
package import SFSStore
import Testing

extension TestCluster {
    /// The volume of the store `name`.
    func disk(of name: MemberName) throws -> TestDisk {
        try TestDisk(#require(stores.first { $0.settings.name == name }).settings.folder)
    }

    private var disks: [(name: MemberName, disk: TestDisk)] {
        stores.map { ($0.settings.name, TestDisk($0.settings.folder)) }
    }

    /// The stores that have a file called `hash`.
    package func holders(of hash: ContentHash) throws -> Set<MemberName> {
        Set(try disks.filter { try $0.disk.contentFiles().contains(hash.hex) }.map(\.name))
    }

    /// The zones of the stores `names`.
    package func zones(of names: [MemberName]) throws -> Set<MemberName> {
        Set(stores.map(\.settings).filter { names.contains($0.name) }.map(\.zone))
    }

    /// Every content file of every store.
    package func contentFiles() throws -> [String] {
        try disks.flatMap { try $0.disk.contentFiles() }
    }

    /// Every spool file of every store that is still there after a moment.
    ///
    /// Files are removed on the disks' own threads, after the answer.
    package func spoolFiles() throws -> [String] {
        try disks.flatMap { try $0.disk.spoolFiles() }
    }

    /// Checks that nothing at all is kept.
    package func expectNoBytes() async throws {
        #expect(try spoolFiles().isEmpty)
        #expect(try contentFiles().isEmpty)
        #expect(try await catalog.totals().contents == 0)
    }

    /// The faults of the store `name`.
    package func fault(of name: MemberName) throws -> FaultyStore {
        let index = try #require(stores.firstIndex { $0.settings.name == name })
        return faults[index]
    }

    /// The store `name`.
    package func store(_ name: MemberName) throws -> Store {
        try #require(stores.first { $0.settings.name == name })
    }

    /// The name of a store that is none of `names`.
    package func otherStore(than names: [MemberName]) throws -> MemberName {
        try #require(stores.map(\.settings.name).first { !names.contains($0) })
    }

    /// The files in the trash of the store `name`.
    package func trashedFiles(of name: MemberName) throws -> [String] {
        try disk(of: name).trashedFiles()
    }

    /// The files in quarantine of the store `name`.
    package func quarantinedFiles(of name: MemberName) throws -> [String] {
        try disk(of: name).quarantinedFiles()
    }

    /// The inode of the content's file on the store `name`.
    package func inode(of hash: ContentHash, on name: MemberName) throws -> Int {
        try disk(of: name).inode(of: hash)
    }

    /// Cuts the content's file on the store `name` to `size` bytes.
    package func cut(_ hash: ContentHash, on name: MemberName, to size: UInt64) throws {
        try disk(of: name).cut(hash, to: size)
    }

    package func removeReplica(of hash: ContentHash, on store: MemberName) throws {
        try disk(of: store).removeFile(of: hash)
    }

    package func flipByte(of hash: ContentHash, on store: MemberName, at offset: Int) throws {
        try disk(of: store).flipByte(of: hash, at: offset)
    }

    /// Whether there is a file of that name, with the bytes that it says.
    package func isThereGood(_ hash: ContentHash, on store: MemberName) throws -> Bool {
        try holders(of: hash).contains(store) && (try? isGood(hash, on: store)) == true
    }

    /// Whether the volume remembers that `hash` was deleted.
    package func remembers(_ hash: ContentHash, on store: MemberName) throws -> Bool {
        try disk(of: store).rememberedTombstones()[hash] != nil
    }

    /// Damages the attributes of the content's file, which is as good as to lose them.
    package func loseAttributes(of hash: ContentHash, on store: MemberName) throws {
        try disk(of: store).loseAttributes(of: hash)
    }

    /// Changes one byte of the only file in the trash.
    package func flipTrashedByte(on store: MemberName, at offset: Int) throws {
        try disk(of: store).flipTrashedByte(at: offset)
    }

    /// Removes all files from the trash.
    package func emptyTrash(of store: MemberName) throws {
        try disk(of: store).emptyTrash()
    }

    package func isGood(_ hash: ContentHash, on store: MemberName) throws -> Bool {
        try disk(of: store).isGood(hash)
    }

    package func moveVolumeAway(of store: MemberName) throws {
        try disk(of: store).moveAway()
    }

    package func moveVolumeBack(of store: MemberName) throws {
        try disk(of: store).moveBack()
    }
}
