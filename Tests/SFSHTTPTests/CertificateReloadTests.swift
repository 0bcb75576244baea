import Foundation
import Glibc
import SFSCore
import SFSHTTP
import Testing

@Suite("Certificates that are read again")
struct CertificateReloadTests {
    /// Whether a new connection is shown the certificate in `chain`.
    private static func shows(_ chain: String, _ listener: BoundListener) async throws -> Bool {
        let reply = try await openssl(
            "s_client", "-quiet", "-verify_return_error", "-CAfile", chain,
            "-connect", "127.0.0.1:\(listener.port ?? 0)",
            input: "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        return reply.starts(with: Array("HTTP/1.1 200".utf8))
    }

    private static func listener(_ files: TLSFiles) -> ListenerAddress {
        .tcp(host: "127.0.0.1", port: 0, tls: files)
    }

    @Test("are shown to new connections, while old ones go on")
    func exchanged() async throws {
        try await TemporaryFolder.with { folder in
            let (old, new) = (
                try await TLSFiles.make(in: folder, name: "old"),
                try await TLSFiles.make(in: folder, name: "new")
            )
            let files = try await TLSFiles.make(in: folder)
            try old.replace(files)
            let plain = ListenerAddress.tcp(host: "127.0.0.1", port: 0, tls: nil)
            try await RunningServer.with(
                Answer { request, _ in .text("\(request.scheme) \(request.path)") },
                listeners: [plain, Self.listener(files)]
            ) { server in
                let listener = server.listeners[1]
                let kept = try KeptConnection(to: listener, in: folder)
                defer { kept.end() }
                #expect(try await kept.asks("/one", expecting: "https /one"))
                try new.replace(files)
                #expect(try await Self.shows(old.certificateChain, listener))
                try server.server.reloadCertificates()
                #expect(try await Self.shows(new.certificateChain, listener))
                #expect(try await !Self.shows(old.certificateChain, listener))
                #expect(try await kept.asks("/two", expecting: "https /two"))
            }
        }
    }

    @Test(
        "stay in use, all of them, when one of the new cannot be used",
        arguments: ["missing", "empty", "garbage", "key of another"])
    func unusable(kind: String) async throws {
        try await TemporaryFolder.with { folder in
            let (old, new) = (
                try await TLSFiles.make(in: folder, name: "old"),
                try await TLSFiles.make(in: folder, name: "new")
            )
            let first = try await TLSFiles.make(in: folder, name: "first")
            let second = try await TLSFiles.make(in: folder, name: "second")
            for files in [first, second] { try old.replace(files) }
            try await RunningServer.with(
                listeners: [Self.listener(first), Self.listener(second)]
            ) { server in
                for files in [first, second] { try new.replace(files) }
                try Self.spoil(second, kind, with: old)
                let error = #expect(throws: SFSError.self) {
                    try server.server.reloadCertificates()
                }
                #expect(error?.code == .configuration)
                #expect(error?.message.contains("'\(second.certificateChain)'") == true)
                for listener in server.listeners {
                    #expect(try await Self.shows(old.certificateChain, listener))
                }
                try new.replace(second)
                try server.server.reloadCertificates()
                for listener in server.listeners {
                    #expect(try await Self.shows(new.certificateChain, listener))
                }
            }
        }
    }

    private static func spoil(_ files: TLSFiles, _ kind: String, with other: TLSFiles) throws {
        let chain = URL(filePath: files.certificateChain)
        switch kind {
        case "missing": try FileManager.default.removeItem(at: chain)
        case "empty": try Data().write(to: chain)
        case "garbage": try Data("-----BEGIN CERTIFICATE-----\nAAAA\n".utf8).write(to: chain)
        default:
            try Data(contentsOf: URL(filePath: other.privateKey))
                .write(to: URL(filePath: files.privateKey))
        }
    }

    @Test("fifty times under load do no harm to any request")
    func underLoad() async throws {
        let (reloads, requests) = (50, 20)
        try await TemporaryFolder.with { folder in
            let pairs = [
                try await TLSFiles.make(in: folder, name: "old"),
                try await TLSFiles.make(in: folder, name: "new"),
            ]
            let files = try await TLSFiles.make(in: folder)
            let (asked, reloaded) = (Counter(), Counter())
            try await RunningServer.with(
                Answer { request, _ in
                    // Requests and reloads wait for each other, so that they are mixed throughout.
                    let number = asked.add(1) - 1
                    let isMixed = try await eventually {
                        reloaded.value >= min(reloads, number / requests)
                    }
                    return .text(request.path, status: isMixed ? 200 : 500)
                }, listeners: [Self.listener(files)]
            ) { server in
                let url = "https://127.0.0.1:\(server.listeners[0].port ?? 0)"
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for isKept in [true, true, true, false] {
                        group.addTask { try await Self.load(url, count: 270, isKept: isKept) }
                    }
                    for number in 0..<reloads {
                        let isBusy = try await eventually { asked.value > number * requests }
                        #expect(isBusy)
                        try pairs[number % 2].replace(files)
                        try server.server.reloadCertificates()
                        reloaded.add(1)
                    }
                    try await group.waitForAll()
                }
                #expect(asked.value == 4 * 270)
            }
        }
    }

    /// Asks `count` times, over one connection or a new one each time.
    private static func load(_ url: String, count: Int, isKept: Bool) async throws {
        let output = try await run([
            "curl", "--silent", "--insecure", "--output", "/dev/null", "--max-time", "30",
            "--write-out", "%{http_code} %{num_connects}\\n",
            "--header", isKept ? "X: y" : "Connection: close", "\(url)/[1-\(count)]",
        ])
        let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == count)
        #expect(lines.count { $0 == "200 1" } == (isKept ? 1 : count))
        #expect(lines.count { $0 == "200 0" } == (isKept ? count - 1 : 0))
    }
}

/// An encrypted connection that a test keeps, by way of `openssl`.
private final class KeptConnection {
    private let input: UnsafeMutablePointer<FILE>
    private let output: String

    init(to listener: BoundListener, in folder: String) throws {
        output = "\(folder)/kept"
        let command =
            "timeout 60 openssl s_client -quiet -connect 127.0.0.1:\(listener.port ?? 0) "
            + ">\(output) 2>/dev/null"
        guard let input = popen(command, "w") else { throw RawClient.Failure("popen") }
        self.input = input
    }

    /// Whether the answer to a request for `path` comes and ends with `text`.
    func asks(_ path: String, expecting text: String) async throws -> Bool {
        fputs("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n", input)
        fflush(input)
        return try await eventually {
            // It is not there before the program has started.
            (try? String(contentsOfFile: output, encoding: .utf8))?.hasSuffix(text) ?? false
        }
    }

    /// Asks for the connection's end and waits for the program's.
    func end() {
        fputs("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", input)
        pclose(input)
    }
}
