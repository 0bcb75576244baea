import NIOCore
import SFSCore
import SFSFiles
import SystemPackage
import Testing

@Suite("Waits for the disk that files share")
struct SharedSyncTests {
    @Test(
        "seal all of them, read-only, and leave the names to their writers", arguments: [1, 3, 50])
    func seal(count: Int) async throws {
        try await withTemporaryFolder { folder, root in
            try folder.makeFolder("content")
            let content = try folder.folder("content")
            let shared = try SharedSync(folder)
            let writes = try (0..<count).map { number in
                let write = try DurableWrite(in: folder, named: FilePath("u\(number)"))
                try write.append(ByteBuffer(bytes: testBytes(number)))
                return write
            }
            try shared.seal(writes, permissions: 0o444)
            #expect(try content.names() == [])
            for (number, write) in writes.enumerated() {
                #expect(try write.name(in: content, as: FilePath("f\(number)")))
            }
            try shared.synchronize([Folder](repeating: content, count: count))
            for number in 0..<count {
                let status = try content.status(of: FilePath("f\(number)"))
                #expect(status?.size == Int64(number))
                #expect(status?.permissions == 0o444)
            }
        }
    }
}
