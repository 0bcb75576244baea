import Foundation
import Glibc
import NIOCore
import PrismStandIn
import SFSCore
import SFSWire
import SystemPackage
import Testing

@testable import SFSClient

@Suite("An upload")
struct FileUploadTests {
    @Test("hashes as the cluster does, and sends all bytes", arguments: [0, 1, 1 << 20, 3_500_000])
    func whole(size: Int) async throws {
        try await TransferFixture.with { fixture in
            let path = try fixture.write(pattern(size), to: "f")
            let upload = try await FileUpload.open(path, for: fixture.transfer)
            #expect(upload.size == Int64(size))
            let hash = try await upload.hash(.sha1)
            let reply = try await upload.send(PutOptions(hash: hash))
            #expect(reply.hash == hash)
            #expect(fixture.standIn.bytes(of: hash) == pattern(size))
            #expect(fixture.observer.moved == Int64(2 * size))
        }
    }

    @Test("sends a file that it did not hash first", arguments: HashAlgorithm.allCases)
    func unhashed(algorithm: HashAlgorithm) async throws {
        try await TransferFixture.with { fixture in
            let path = try fixture.write(pattern(5000), to: "f")
            let upload = try await FileUpload.open(path, for: fixture.transfer)
            let reply = try await upload.send(PutOptions(algorithm: algorithm))
            #expect(try reply.hash == PrismStandIn.hash(pattern(5000), algorithm))
        }
    }

    @Test("sends a pipe, whose length nobody knows")
    func pipe() async throws {
        try await TransferFixture.with { fixture in
            let path = fixture.path("pipe")
            #expect(mkfifo(path.string, 0o600) == 0)
            let bytes = pattern(300_000)
            Thread.detachNewThread {
                let handle = FileHandle(forWritingAtPath: path.string)
                handle?.write(Data(bytes))
                try? handle?.close()
            }
            let upload = try await FileUpload.open(path, for: fixture.transfer)
            #expect(upload.size == nil)
            let reply = try await upload.send(PutOptions())
            #expect(fixture.standIn.bytes(of: reply.hash) == bytes)
            let put = fixture.standIn.requests.last
            #expect(put?.headers["transfer-encoding"] == "chunked")
        }
    }

    @Test("sends all of a file that says it is empty and is not")
    func hiddenBytes() async throws {
        try await TransferFixture.with { fixture in
            let upload = try await FileUpload.open("/proc/cpuinfo", for: fixture.transfer)
            #expect(upload.size == nil)
            let reply = try await upload.send(PutOptions())
            let bytes = try #require(fixture.standIn.bytes(of: reply.hash))
            #expect(String(decoding: bytes, as: UTF8.self).contains("processor"))
        }
    }

    @Test("takes a name of any bytes")
    func anyName() async throws {
        try await TransferFixture.with { fixture in
            let name: [CChar] = [CChar(bitPattern: 0xFF), 10, 92, 32, 0]
            let path = fixture.folder.appending(FilePath(platformString: name).components)
            let descriptor = path.withPlatformString { open($0, O_CREAT | O_WRONLY, 0o600) }
            #expect(Glibc.write(descriptor, "abc", 3) == 3)
            close(descriptor)
            let upload = try await FileUpload.open(path, for: fixture.transfer)
            let reply = try await upload.send(PutOptions())
            #expect(fixture.standIn.bytes(of: reply.hash) == Array("abc".utf8))
        }
    }

    @Test("refuses what cannot be read", arguments: ["missing", ".", "file/below"])
    func unreadable(name: String) async throws {
        try await TransferFixture.with { fixture in
            try fixture.write([1], to: "file")
            let error = await #expect(throws: SFSError.self) {
                try await FileUpload.open(fixture.path(name), for: fixture.transfer)
            }
            #expect(error?.code == .noInput)
        }
    }

    @Test("never gives all bytes of a file that became longer, shorter or other bytes")
    func changed() async throws {
        let changes: [@Sendable (FileHandle) throws -> Void] = [
            {
                try $0.seekToEnd(); $0.write(Data([1]))
            },
            { try $0.truncate(atOffset: 10) },
            {
                try $0.seek(toOffset: 5); $0.write(Data([1, 2, 3]))
            },
        ]
        for change in changes {
            try await TransferFixture.with { fixture in
                let path = try fixture.write(pattern(100_000), to: "f")
                let upload = try await FileUpload.open(path, for: fixture.transfer)
                let hash = try await upload.hash(.sha1)
                let handle = try #require(FileHandle(forUpdatingAtPath: path.string))
                try change(handle)
                try handle.close()
                let error = await #expect(throws: SFSError.self) {
                    try await upload.send(PutOptions(hash: hash))
                }
                #expect(error?.code == .hashMismatch)
                #expect(fixture.standIn.hashes.isEmpty)
            }
        }
    }

    @Test("fails as the cluster fails, and stores nothing under a wrong name")
    func refused() async throws {
        try await TransferFixture.with { fixture in
            let path = try fixture.write(pattern(3_000_000), to: "f")
            let upload = try await FileUpload.open(path, for: fixture.transfer)
            fixture.standIn.setFaults { $0.refusal = SFSError(.noSpace, "full") }
            let full = await #expect(throws: SFSError.self) { try await upload.send(PutOptions()) }
            #expect(full?.code == .noSpace)
            fixture.standIn.setFaults { $0.refusal = nil }
            let other = try PrismStandIn.hash([1], .sha1)
            let wrong = await #expect(throws: SFSError.self) {
                try await upload.send(PutOptions(hash: other))
            }
            #expect(wrong?.code == .hashMismatch)
            #expect(fixture.standIn.hashes.isEmpty)
        }
    }
}
