import Foundation
import ProcessFixture

/// Two processes, each with a prism and two stores, all on loopback addresses of their own.
struct ConformancePlan: Sendable {
    /// One `sfsd`.
    struct Process: Sendable {
        let name: String
        let prism: Member
        let stores: [Member]
    }

    static let domain = "conformance.test"
    /// Who knows each prism, and each store, by HTTP Basic.
    static let prismAccess = Member.Access.basic("prism", "password-0-of-prisms")
    static let storeAccess = Member.Access.basic("store", "password-0-of-stores")
    /// From here `X-Forwarded-Protocol` counts.
    static let proxy = "127.0.9.1"
    /// Bytes of a JSON body.
    static let jsonMaximum = 4 << 20

    let folder: String
    let processes: [Process]
    /// One more prism, in zone `c` and mode `proxy`, for the test that starts it.
    let passingOn: Process
    private let catalogURL: String

    init(folder: String, catalogURL: String) throws {
        self.folder = folder
        self.catalogURL = catalogURL
        let addresses = [1, 2, 11, 12, 13, 14, 3].map { "127.0.2.\($0)" }
        let port = try Self.port(of: addresses)
        let securePort = try Self.port(of: addresses, but: port)
        func member(_ name: String, _ address: String, _ access: Member.Access) -> Member {
            Member(
                name: name, address: address, port: port, securePort: securePort,
                socket: "\(folder)/\(name).sock", volume: "\(folder)/\(name)", access: [access])
        }
        passingOn = Process(
            name: "process-c", prism: member("prism-c", addresses[6], Self.prismAccess), stores: [])
        processes = ["a", "b"].enumerated().map { index, zone in
            Process(
                name: "process-\(zone)",
                prism: member("prism-\(zone)", addresses[index], Self.prismAccess),
                stores: [1, 2].map { number in
                    member(
                        "store-\(zone)\(number)", addresses[1 + 2 * index + number],
                        Self.storeAccess)
                })
        }
    }

    /// Writes secrets, a certificate and configurations, and makes folders.
    func write() async throws {
        for process in processes + [passingOn] {
            for folder in process.stores.map(\.volume) + ["\(folder)/state-\(process.name)"] {
                try FileManager.default.createDirectory(
                    atPath: folder, withIntermediateDirectories: false)
            }
            try Data(yaml(of: process).utf8).write(to: URL(filePath: configuration(of: process)))
        }
        let secrets = [
            ("cluster.key", String(repeating: "k", count: 64)),
            ("prism.credentials", "prism:password-0-of-prisms"),
            ("store.credentials", "store:password-0-of-stores"),
        ]
        for (name, text) in secrets {
            let path = "\(folder)/\(name)"
            try Data((text + "\n").utf8).write(to: URL(filePath: path))
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: path)
        }
        try await makeCertificate(name: "first")
    }

    /// Makes another certificate for all listeners, in the place of the one that is there.
    func makeCertificate(name: String) async throws {
        try await run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes", "-days", "2", "-subj", "/CN=\(name)", "-keyout", "\(folder)/tls.key",
                "-out", "\(folder)/tls.crt",
            ]
        ).succeeded("openssl")
    }

    func configuration(of process: Process) -> String { "\(folder)/\(process.name).yaml" }

    private func yaml(of process: Process) -> String {
        var lines = [
            "cluster: conformance", "state: \(folder)/state-\(process.name)",
            "clusterKeyFile: \(folder)/cluster.key", "domain: \(Self.domain)",
            "certificate: \(folder)/tls.crt", "key: \(folder)/tls.key",
            "catalog: {url: '\(catalogURL)'}",
            "http: {jsonBytesMaximum: 4MiB, trustedProxies: [\(Self.proxy)]}",
            "accounts: {loginDelayMaximum: 2s}",
            "retrieve: {allow: [127.0.2.1, 127.0.2.11], timeout: 5s, bytesMaximum: 1MiB}",
            "delivery: {mode: \(process.stores.isEmpty ? "proxy" : "redirect")}", "prisms:",
        ]
        lines += listing(process.prism, ["zone: \(process.prism.name.suffix(1))"], "prism")
        if !process.stores.isEmpty { lines.append("stores:") }
        for (index, store) in process.stores.enumerated() {
            let place = store.name.dropFirst(6)
            lines += listing(
                store,
                [
                    "zone: \(place.prefix(1))", "host: host-\(place)", "volume: \(store.volume)",
                    "address6: '2001:db8::\(index + 1)'",
                ], "store")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func listing(_ member: Member, _ settings: [String], _ role: String) -> [String] {
        let all =
            ["name: \(member.name)", "credentialsFile: \(folder)/\(role).credentials"] + settings
            + [
                "listen:", "  - {address: \(member.address), port: \(member.port)}",
                "  - {address: \(member.address), port: \(member.securePort), tls: true}",
                "  - {socket: \(member.socket)}",
            ]
        return all.enumerated().map { ($0 == 0 ? "  - " : "    ") + $1 }
    }

    /// A port that is free on all `addresses`, outside the range from which clients get theirs.
    private static func port(of addresses: [String], but taken: Int = 0) throws -> Int {
        for _ in 0..<1000 {
            let port = Int.random(in: 10_000..<32_000)
            let isFree = try addresses.allSatisfy { try WebConnection.isFree($0, port) }
            if isFree, port != taken { return port }
        }
        throw FixtureError("no port is free on \(addresses)")
    }
}
