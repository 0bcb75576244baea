import Foundation
import SFSCore
import SystemPackage
import Testing

@testable import SFSClient

@Suite("A self-signed certificate")
struct CertificateFilesTests {
    /// Gives `body` a folder that is not there yet, in one that is.
    private func withFolder(_ body: (FilePath) throws -> Void) throws {
        let parent = "/tmp/sfs-certificate-\(UploadID.random())"
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: false)
        // What cannot be removed is in /tmp and bears our name.
        defer { try? FileManager.default.removeItem(atPath: parent) }
        try body(FilePath(parent).appending("tls"))
    }

    private func mode(of path: FilePath) throws -> Int? {
        let attributes = try FileManager.default.attributesOfItem(atPath: path.string)
        return attributes[.posixPermissions] as? Int
    }

    @Test("is two files, of which only the certificate is for everyone")
    func files() throws {
        try withFolder { folder in
            let files = try CertificateFiles.make(in: folder)
            #expect(try mode(of: files.certificate) == 0o644)
            #expect(try mode(of: files.privateKey) == 0o600)
            #expect(files.names.starts(with: ["localhost", "127.0.0.1", "::1"]))
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.string)
            #expect(names.sorted() == ["tls.crt", "tls.key"])
        }
    }

    @Test("never takes the place of another, nor of its key", arguments: ["tls.crt", "tls.key"])
    func noOverwriting(name: String) throws {
        try withFolder { folder in
            try FileManager.default.createDirectory(
                atPath: folder.string, withIntermediateDirectories: false)
            let path = folder.appending(name).string
            try Data("mine".utf8).write(to: URL(filePath: path))
            let error = #expect(throws: SFSError.self) { try CertificateFiles.make(in: folder) }
            #expect(error?.code == .conflict)
            #expect(error?.message.contains("'\(path)'") == true)
            #expect(FileManager.default.contents(atPath: path) == Data("mine".utf8))
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.string)
            #expect(names == [name])
        }
    }

    @Test(
        "has only names that mean nothing else to libcrypto, and a life that ends",
        arguments: [
            ([""], 1), (["a,DNS:b"], 1), (["dirName:x"], 1), (["*"], 1), (["a..b"], 1),
            (["-a"], 1), (["10.0.0.256"], 1), (["10.0.0.0/8"], 1), (["a b"], 1), (["é"], 1),
            ([], 1), (["a"], 0), (["a"], 3651),
        ] as [([String], Int)])
    func nonsense(names: [String], days: Int) throws {
        try withFolder { folder in
            let error = #expect(throws: SFSError.self) {
                try CertificateFiles.make(in: folder, names: names, days: days)
            }
            #expect(error?.code == .usage)
            #expect(!FileManager.default.fileExists(atPath: folder.string))
        }
    }
}
