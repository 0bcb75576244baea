import ArgumentParser
import Foundation
import SFSClient
import SFSCore
import Testing

@testable import sfs

@Suite("The endpoint")
struct EndpointTests {
    private let both = ["SFS_SOCKET": "/env.sock", "SFS_URL": "http://env:1"]

    private func endpoint(
        _ arguments: [String], _ environment: [String: String] = [:]
    ) throws -> Endpoint {
        try Endpoint(try GlobalOptions.parse(arguments)) { environment[$0] }
    }

    @Test("is what the flags say, then the environment, then the usual socket")
    func precedence() throws {
        let usual = HTTPAddress.socket(path: Endpoint.defaultSocket)
        #expect(try endpoint([]).address == usual)
        #expect(try endpoint([], both).address == .socket(path: "/env.sock"))
        #expect(try endpoint([], ["SFS_URL": "http://env:1"]).address == .url("http://env:1"))
        #expect(try endpoint(["--url", "http://flag:1"], both).address == .url("http://flag:1"))
        #expect(try endpoint(["--socket", "/f"], both).address == .socket(path: "/f"))
    }

    @Test("takes a socket relative to the working folder")
    func relative() throws {
        let folder = FileManager.default.currentDirectoryPath
        #expect(try endpoint(["--socket", "x.sock"]).address == .socket(path: "\(folder)/x.sock"))
    }

    @Test("takes the token from flag, file or environment")
    func token() throws {
        let file = "/tmp/sfs-token-\(UploadID.random())"
        try Data("from-file\r\nsecond line\n".utf8).write(to: URL(fileURLWithPath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        #expect(try endpoint([], ["SFS_TOKEN": "env"]).token == "env")
        #expect(try endpoint(["--token", "flag"], ["SFS_TOKEN": "env"]).token == "flag")
        #expect(try endpoint(["--token-file", file], ["SFS_TOKEN": "env"]).token == "from-file")
        #expect(try endpoint([]).token == nil)
    }

    @Test(
        "refuses what makes no sense",
        arguments: [
            (["--socket", ""], "usage"), (["--url", ""], "usage"),
            (["--url", "nonsense"], "usage"),
            (["--token", "a b"], "usage"), (["--token", ""], "usage"),
            (["--token-file", "/nonexistent"], "no-input"),
        ])
    func nonsense(arguments: [String], code: String) throws {
        let error = try #require(throws: SFSError.self) { try endpoint(arguments) }
        #expect(error.code.rawValue == code)
    }

    @Test("refuses two flags that contradict each other")
    func contradiction() {
        #expect(throws: (any Error).self) { try endpoint(["--socket", "/a", "--url", "http://b"]) }
        #expect(throws: (any Error).self) { try endpoint(["--token", "a", "--token-file", "b"]) }
    }
}
