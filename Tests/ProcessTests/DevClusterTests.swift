import Foundation
import Glibc
import ProcessFixture
import Testing

@Suite("A cluster for development", .serialized)
struct DevClusterTests {
    /// Runs `sfsd dev` in a folder of its own until `body` has returned.
    private func withDev(
        _ body: (_ daemon: Daemon, _ state: String) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let state = "\(folder)/dev"
            try await withDaemon(
                try Programs.find().sfsd, ["dev", "--state", state, "--zones", "1"],
                environment: ["SFS_LOG_LEVEL": "info"], log: "\(folder)/dev.log"
            ) { daemon in
                try await daemon.logged("sfsd: ready")
                try await body(daemon, state)
            }
        }
    }

    /// Where `member` listens with TLS, or without.
    private func address(of member: String, isSecure: Bool, _ daemon: Daemon) throws -> String {
        let lines = daemon.logText.split(separator: "\n").map { $0.split(separator: " ") }
        let line = lines.first {
            $0.contains("member=\(member)") && $0.contains("tls=\(isSecure)")
        }
        let field = try #require(line?.first { $0.hasPrefix("address=127.0.0.1:") })
        return String(field.dropFirst("address=".count))
    }

    /// The fingerprint of the certificate that is shown at `address`.
    private func fingerprint(shownAt address: String) async throws -> String {
        let result = try await run(
            "sh",
            [
                "-c",
                "openssl s_client -connect \(address) </dev/null 2>/dev/null "
                    + "| openssl x509 -noout -fingerprint",
            ])
        return result.text
    }

    @Test("listens with and without TLS, and has secrets that only its user may read")
    func secrets() async throws {
        try await withDev { daemon, state in
            for member in ["prism-a", "store-a1", "store-a2"] {
                let plain = try address(of: member, isSecure: false, daemon)
                try await run("curl", ["-fsS", "http://\(plain)/healthz"]).succeeded(member)
                let secure = try address(of: member, isSecure: true, daemon)
                try await run(
                    "curl", ["-fsS", "--cacert", "\(state)/tls.crt", "https://\(secure)/healthz"]
                ).succeeded(member)
            }
            let names = [
                "cluster.key", "token", "tls.key", "prisms.credentials", "stores.credentials",
                "sfsd.yaml", "env",
            ]
            for name in names {
                let attributes = try FileManager.default.attributesOfItem(
                    atPath: "\(state)/\(name)")
                #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
            }
        }
    }

    @Test("makes no account when its password would end up in a file")
    func noTerminal() async throws {
        try await withDev { daemon, state in
            #expect(daemon.logText.contains("sfs account create NAME"))
            #expect(!FileManager.default.fileExists(atPath: "\(state)/account"))
        }
    }

    @Test("makes an account once, and writes its password nowhere")
    func account() async throws {
        try await withTemporaryFolder { folder in
            let state = "\(folder)/dev"
            let program = try Programs.find().sfsd
            for start in 1...2 {
                // script(1) is the terminal; what is shown there ends up in `shown` only.
                let shown = "\(folder)/shown\(start)"
                // That of the first start would be taken for that of the second.
                if start == 2 { try FileManager.default.removeItem(atPath: "\(state)/env") }
                let command = "exec \(program) dev --state \(state) --zones 1 --stores 2"
                try await withDaemon(
                    "script", ["-fqec", command, shown], log: "\(folder)/log"
                ) { terminal in
                    _ = try await eventually(within: .seconds(180), "\(state)/env") {
                        if let end = terminal.end { throw FixtureError("\(end)") }
                        return FileManager.default.fileExists(atPath: "\(state)/env") ? true : nil
                    }
                    try await stopDaemon(in: state)
                    try await terminal.ended()
                }
                let text = try String(contentsOfFile: shown, encoding: .utf8)
                #expect(text.contains("The account 'dev' has the password") == (start == 1))
                guard start == 1 else { continue }
                let words = text.split { $0.isWhitespace }
                let index = try #require(words.firstIndex(of: "password"))
                let password = String(words[index + 1])
                #expect(password.count == 24)
                let found = try await run("grep", ["-rlF", "-e", password, state])
                #expect(found.status == 1, "\(found.text)")
            }
        }
    }

    /// Ends the daemon that holds `state` with SIGHUP, as closing its terminal does.
    private func stopDaemon(in state: String) async throws {
        let text = try String(contentsOfFile: "\(state)/sfsd.lock", encoding: .utf8)
        let process = try #require(Int32(text.split(separator: "\n").first ?? ""))
        #expect(kill(process, SIGHUP) == 0)
    }

    @Test("shows a new certificate after SIGHUP, and keeps the old one when the new one is bad")
    func hangUp() async throws {
        try await withDev { daemon, state in
            let secure = try address(of: "prism-a", isSecure: true, daemon)
            let first = try await fingerprint(shownAt: secure)
            #expect(first.contains("="))
            try await run(
                "openssl",
                [
                    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                    "-nodes", "-subj", "/CN=localhost", "-keyout", "\(state)/tls.key",
                    "-out", "\(state)/tls.crt",
                ]
            ).succeeded("openssl")
            daemon.signal(SIGHUP)
            try await daemon.logged("certificates were read again")
            let second = try await fingerprint(shownAt: secure)
            #expect(second.contains("=") && second != first)
            try Data("no key".utf8).write(to: URL(filePath: "\(state)/tls.key"))
            daemon.signal(SIGHUP)
            try await daemon.logged("certificates stay as they were")
            let third = try await fingerprint(shownAt: secure)
            #expect(third == second)
            #expect(daemon.end == nil)
            #expect(daemon.logText.contains("cannot use certificate '\(state)/tls.crt'"))
        }
    }
}
