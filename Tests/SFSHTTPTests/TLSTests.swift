import Foundation
import Glibc
import NIOCore
import NIOPosix
import SFSCore
import SFSHTTP
import Testing

@Suite("An encrypted listener")
struct TLSTests {
    @Test("serves a client that checks its certificate")
    func serves() async throws {
        try await TemporaryFolder.with { folder in
            let files = try await TLSFiles.make(in: folder)
            let bytes = (0..<(1 << 20) + 5).map { UInt8(truncatingIfNeeded: $0 / 7) }
            try await RunningServer.with(
                Answer { request, body in
                    guard request.path == "/large" else {
                        return .text("got \(try await body.collect(upTo: 100).readableBytes)")
                    }
                    return HTTPResponse(status: 200, body: .bytes(ByteBuffer(bytes: bytes)))
                }, listeners: [.tcp(host: "127.0.0.1", port: 0, tls: files)]
            ) { server in
                let port = try #require(server.listeners[0].port)
                let request =
                    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
                    + "GET /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                let reply = try await openssl(
                    "s_client", "-quiet", "-verify_return_error", "-CAfile",
                    files.certificateChain, "-connect", "127.0.0.1:\(port)", input: request)
                #expect(reply.starts(with: Array("HTTP/1.1 200 OK\r\n".utf8)))
                #expect(reply.firstRange(of: Array("\r\n\r\ngot 3HTTP/1.1 200".utf8)) != nil)
                #expect(reply.suffix(bytes.count) == bytes[...])
            }
        }
    }

    @Test(
        "sends large files quickly, also where their bytes turn out bad", arguments: [false, true])
    func quick(isBad: Bool) async throws {
        try await TemporaryFolder.with { folder in
            let files = try await TLSFiles.make(in: folder)
            let file = PreparedFile(size: 2 << 20, fault: isBad ? .bad(from: 1_500_000) : .none)
            try await RunningServer.with(
                file, listeners: [.tcp(host: "127.0.0.1", port: 0, tls: files)]
            ) { server in
                let port = try #require(server.listeners[0].port)
                let request =
                    "GET /file/a HTTP/1.1\r\nHost: x\r\n\r\n"
                    + "GET /end HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                let reply = try await openssl(
                    "s_client", "-quiet", "-CAfile", files.certificateChain, "-connect",
                    "127.0.0.1:\(port)", input: request)
                let end = try #require(reply.firstRange(of: Array("\r\n\r\n".utf8)))
                #expect(reply[end.upperBound...].starts(with: file.bytes))
                let rest = reply[(end.upperBound + file.bytes.count)...]
                #expect(rest.starts(with: Array("HTTP/1.1 404".utf8)))
                #expect(file.answered.value == 1)
            }
        }
    }

    @Test("refuses TLS 1.1")
    func oldVersion() async throws {
        try await TemporaryFolder.with { folder in
            let files = try await TLSFiles.make(in: folder)
            try await RunningServer.with(
                listeners: [.tcp(host: "127.0.0.1", port: 0, tls: files)]
            ) { server in
                let port = try #require(server.listeners[0].port)
                for (version, isServed) in [
                    ("-tls1_1", false), ("-tls1_2", true), ("-tls1_3", true),
                ] {
                    let reply = try await openssl(
                        "s_client", "-quiet", version, "-cipher", "ALL:@SECLEVEL=0", "-CAfile",
                        files.certificateChain, "-connect", "127.0.0.1:\(port)",
                        input: "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    #expect(reply.starts(with: Array("HTTP/1.1 200".utf8)) == isServed)
                }
            }
        }
    }

    @Test("is not opened without its files")
    func missingFiles() async throws {
        let files = TLSFiles(certificateChain: "/no/chain.pem", privateKey: "/no/key.pem")
        let server = HTTPServer(
            listeners: [.tcp(host: "127.0.0.1", port: 0, tls: files)], handler: Answer.path,
            logger: .silent, group: MultiThreadedEventLoopGroup.singleton)
        let error = await #expect(throws: SFSError.self) { try await server.bind() }
        #expect(error?.code == .configuration)
        #expect(error?.message == "cannot use certificate '/no/chain.pem' with key '/no/key.pem'")
    }
}
