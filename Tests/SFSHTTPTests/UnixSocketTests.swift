import Foundation
import Glibc
import NIOPosix
import SFSCore
import SFSHTTP
import Testing

@Suite("A Unix socket")
struct UnixSocketTests {
    private static let get = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"

    private static func server(_ path: String) -> HTTPServer {
        HTTPServer(
            listeners: [.unix(path: path, mode: 0o600, group: nil)], handler: Answer.path,
            logger: .silent, group: MultiThreadedEventLoopGroup.singleton)
    }

    @Test("tells the handler which process asks")
    func credentials() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder + "/socket"
            try await RunningServer.with(
                Answer { request, _ in .text("\(request.peer)") },
                listeners: [.unix(path: path, mode: 0o600, group: nil)]
            ) { server in
                try await server.withClient { client in
                    try client.send(Self.get)
                    #expect(try client.response().text == "pid \(getpid()) of user \(getuid())")
                }
            }
        }
    }

    @Test("has the mode and the group that were asked for, and is gone afterwards")
    func mode() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder + "/socket"
            let group = getgid()
            try await RunningServer.with(
                listeners: [.unix(path: path, mode: 0o660, group: group)]
            ) { _ in
                var status = stat()
                #expect(lstat(path, &status) == 0)
                #expect(status.st_mode == S_IFSOCK | 0o660)
                #expect(status.st_gid == group)
            }
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test("takes the place of one on which nobody answers")
    func stale() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder + "/socket"
            try leaveSocket(path)
            try await RunningServer.with(
                listeners: [.unix(path: path, mode: 0o600, group: nil)]
            ) { server in
                try await server.withClient { client in
                    try client.send(Self.get)
                    #expect(try client.response().status == 200)
                }
            }
        }
    }

    @Test("does not take the place of one that is alive")
    func alive() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder + "/socket"
            try await RunningServer.with(
                listeners: [.unix(path: path, mode: 0o600, group: nil)]
            ) { server in
                let error = await #expect(throws: SFSError.self) {
                    try await Self.server(path).bind()
                }
                #expect(error?.message == "cannot listen on '\(path)': address already in use")
                try await server.withClient { client in
                    try client.send(Self.get)
                    #expect(try client.response().status == 200)
                }
            }
        }
    }

    @Test("does not take the place of a file")
    func file() async throws {
        try await TemporaryFile.with([1]) { path in
            let error = await #expect(throws: SFSError.self) { try await Self.server(path).bind() }
            #expect(error?.code == .configuration)
            #expect(FileManager.default.contents(atPath: path) == Data([1]))
        }
    }

    @Test("does not take away the one of a successor")
    func successor() async throws {
        try await TemporaryFolder.with { folder in
            let path = folder + "/socket"
            try await RunningServer.with(
                listeners: [.unix(path: path, mode: 0o600, group: nil)]
            ) { _ in
                unlink(path)
                try leaveSocket(path)
            }
            #expect(FileManager.default.fileExists(atPath: path))
        }
    }

    @Test("cannot have a path that is longer than the kernel allows")
    func longPath() async throws {
        let path = "/tmp/" + String(repeating: "a", count: 103)
        let error = await #expect(throws: SFSError.self) { try await Self.server(path).bind() }
        #expect(
            error?.message
                == "cannot listen on '\(path)': the path of a socket has 1 to 107 bytes")
    }

    @Test("cannot be made in a folder that is not there")
    func noFolder() async throws {
        let error = await #expect(throws: SFSError.self) {
            try await Self.server("/tmp/no-such-folder/socket").bind()
        }
        #expect(
            error?.message
                == "cannot listen on '/tmp/no-such-folder/socket': no such file or directory")
    }
}

/// Leaves a socket file behind as a process does that is killed.
private func leaveSocket(_ path: String) throws {
    // Not listening, so that a program that another test starts meanwhile does not inherit more.
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let result = withUnsafePointer(to: address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
    guard result == 0 else { throw RawClient.Failure("bind") }
}
