import Foundation
import SFSConfig
import Testing

@Suite("A mistake in a configuration")
struct ConfigurationMistakeTests {
    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    @Test("is found with all others at once, each with its line and key")
    func allAtOnce() {
        let reading = scratch.read(
            """
            clusterKeyFile: /nowhere/key
            sate: /srv
            copies: 0
            catalog:
              lockTimeout: 5
              url: mysql://x
            stores:
              - name: S1
                zone: a
                volume: srv/disk
            """)
        #expect(reading.configuration == nil)
        #expect(
            reading.mistakes.map(\.description) == [
                "line 1: cluster: is missing",
                "line 1: clusterKeyFile: cannot open '/nowhere/key': No such file or directory",
                "line 2: sate: is not a setting",
                "line 3: copies: '0' is not a number from 1 to 16",
                "line 5: catalog.lockTimeout: '5' is not a duration; write for example 30s or 500ms",
                "line 6: catalog.url: should begin with 'postgresql://'",
                "line 8: stores[0].name: 'S1' is not a name; use up to 63 of a-z, 0-9 and '-'",
                "line 10: stores[0].volume: 'srv/disk' is not an absolute path",
            ])
    }

    static let samples: [(yaml: String, mistake: String)] = [
        ("log: {level: loud}", "log.level: 'loud' is none of trace, debug"),
        ("log: {debug: \"a b\"}", "log.debug: 'a b' is not like"),
        ("http: {headerBytesMaximum: 1B}", "http.headerBytesMaximum: '1B' is not between 4.0 KiB"),
        ("http: {drainTimeout: 60s}", "http.drainTimeout: '60s' is not between 100ms and 29s"),
        ("http: 7", "http: should have settings below it"),
        ("stores: {name: s1}", "stores: should be a list"),
        ("state: [a]", "state: should be one value"),
        ("operatorGroup: no-such-group", "operatorGroup: there is no group 'no-such-group'"),
        ("health: {heartbeat: 10s}", "health.offlineAfter: should be at least twice"),
        ("tokenFile: /etc", "tokenFile: '/etc' is not a regular file"),
        (
            "stores: [{name: p1, zone: a, volume: /v}]",
            "'p1' is the name of two members"
        ),
        (
            "stores: [{name: s1, zone: a, volume: /v}, {name: s2, zone: a, volume: /v/}]",
            "'/v' is the volume of two stores"
        ),
        (
            "stores: [{name: s1, zone: a, volume: /v}, {name: s2, zone: a, volume: /v/w}]",
            "the volume '/v/w' is inside the volume '/v'"
        ),
        ("domain: 192.0.2.7/x", "domain: '192.0.2.7/x' is not a DNS name like"),
        ("domain: a..b", "domain: 'a..b' is not a DNS name like"),
        ("delivery: {mode: both}", "delivery.mode: 'both' is none of redirect, proxy"),
        ("delivery: {denyStaticTypes: [.mp4]}", "'.mp4' is not an extension like mp4"),
        ("purchase: {zone: ab}", "purchase.zone: 'ab' is not one letter"),
        ("purchase: {zone: \"1\"}", "purchase.zone: '1' is not one letter"),
        ("purchase: {life: 3h, lifeMaximum: 2h}", "purchase.lifeMaximum: should not be less"),
        ("purchase: {referrers: [\"*.example.com\"]}", "is not a host"),
        ("accounts: {loginDelay: 9s}", "accounts.loginDelayMaximum: should not be less than"),
        ("retrieve: {allow: [localhost]}", "'localhost' is not an IP address or network"),
        ("http: {jsonBytesMaximum: 257MiB}", "is not between 64.0 KiB and 256 MiB"),
        (
            "stores: [{name: s1, zone: a, volume: /v, address: \"::1\"}]",
            "stores[0].address: '::1' is not an IPv4 address that clients can reach"
        ),
        (
            "stores: [{name: s1, zone: a, volume: /v, address: 0.0.0.0}]",
            "stores[0].address: '0.0.0.0' is not"
        ),
        (
            "stores: [{name: s1, zone: a, volume: /v, address6: \"fe80::1%eth0\"}]",
            "stores[0].address6: 'fe80::1%eth0' is not an IPv6 address"
        ),
        (
            "stores: [{name: s1, zone: a, volume: /v, httpPort: 0}]",
            "stores[0].httpPort: '0' is not a number from 1 to 65535"
        ),
        ("certificate: /c", "key: is missing; 'certificate' and 'key' belong together"),
        ("catalog: {url: \"postgresql://h\", urlFile: /x}", "cannot be there together with 'url'"),
    ]

    @Test("is told in one line", arguments: samples)
    func told(yaml: String, mistake: String) {
        let mistakes = scratch.mistakes(yaml)
        #expect(mistakes.contains { $0.contains(mistake) }, "\(mistakes)")
        #expect(mistakes.allSatisfy { !$0.contains("\n") && !$0.hasSuffix(".") })
    }

    static let listeners: [(listen: String, mistake: String)] = [
        ("[]", "prisms[0].listen: is missing"),
        ("[{}]", "listen[0]: should have 'address' and 'port', or 'socket'"),
        ("[{address: 127.0.0.1}]", "listen[0].port: is missing"),
        ("[{address: 127.0.0.1, port: 70000}]", "'70000' is not a number from 0 to 65535"),
        ("[{socket: /s, address: 127.0.0.1, port: 1}]", "cannot be there together"),
        ("[{socket: /s, port: 1}]", "listen[0].port: is of no use with 'socket'"),
        ("[{socket: /s, mode: \"9999\"}]", "'9999' is not a mode like 0660"),
        ("[{address: a, port: 1, certificate: /c}]", "'certificate' and 'key' belong together"),
        ("[{address: a, port: 1, certificate: /c, key: /c}]", "cannot open '/c'"),
        ("[{address: a, port: 1, tls: yes}]", "listen[0].tls: 'yes' is neither true nor false"),
        ("[{address: a, port: 1, tls: true}]", "listen[0].tls: needs 'certificate' and 'key'"),
        ("[{socket: /s, tls: true}]", "listen[0].tls: is of no use with 'socket'"),
        (
            "[{address: a, port: 1, tls: false, certificate: /c, key: /c}]",
            "listen[0].tls: is false, yet there is a certificate"
        ),
        ("[{address: a, port: 9}, {address: a, port: 9}]", "'a port 9' is listened on twice"),
        ("[{address: 0.0.0.0, port: 9}]", "'p1' listens on every address: set its 'url'"),
        (
            "[{socket: /\(String(repeating: "s", count: 107))}]",
            "has 108 bytes; a socket's path has at most 107"
        ),
    ]

    @Test("in a listener is told in one line", arguments: listeners)
    func listener(listen: String, mistake: String) {
        let mistakes = scratch.mistakes("", prisms: "[{name: p1, zone: a, listen: \(listen)}]")
        #expect(mistakes.contains { $0.contains(mistake) }, "\(mistakes)")
    }

    @Test("is a store that nobody can reach, and a process with nothing to run")
    func unreachable() {
        let store = scratch.mistakes(
            "stores: [{name: s1, zone: a, volume: /v}]", prisms: "[]")
        #expect(store == ["line 4: stores: 's1' has no 'listen' and no prism beside it to use it"])
        let nothing = scratch.mistakes("", prisms: "[]")
        #expect(nothing == ["line 1: has no prism and no store: there is nothing to run"])
    }

    @Test("is a secret that others may read, or that is too short")
    func secretFiles() throws {
        let open = try scratch.write("open", String(repeating: "k", count: 40), mode: 0o644)
        let short = try scratch.write("short", "too short", mode: 0o600)
        let mistakes = scratch.mistakes("tokenFile: \(open)")
        #expect(
            mistakes == [
                "line 4: tokenFile: '\(open)' is open to every user; do 'chmod o= \(open)'"
            ])
        let reading = scratch.read(
            scratch.yaml(), environment: ["SFS_CLUSTER_KEY_FILE": short])
        #expect(reading.mistakes.map(\.message).contains { $0.contains("has 9 bytes") })
        let tokens = scratch.mistakes("tokenFile: \(short)")
        #expect(tokens.contains { $0.contains("line 1: a token has at least 20 characters") })
    }

    @Test("in the environment names the variable")
    func environment() {
        let reading = scratch.read(scratch.yaml("copies: 3"), environment: ["SFS_COPIES": "many"])
        #expect(
            reading.mistakes.map(\.description)
                == ["copies: 'many' is not a number from 1 to 16 (from SFS_COPIES)"])
    }

    @Test("of YAML itself has its line", arguments: ["a: [", "a: 1\na: 2", "\t- x", "a: b: c"])
    func syntax(yaml: String) throws {
        let reading = scratch.read(yaml)
        let mistake = try #require(reading.mistakes.first)
        #expect(reading.mistakes.count == 1)
        #expect(mistake.message.hasPrefix("is not YAML: "))
        #expect(mistake.line != nil)
    }

    @Test("is a file that is not there, no file, or not text")
    func unreadable() throws {
        let binary = try scratch.write("binary", "")
        try Data([0xff, 0xfe, 0x80]).write(to: URL(filePath: binary))
        for (path, message) in [
            ("/nowhere/sfsd.yaml", "cannot open '/nowhere/sfsd.yaml': No such file or directory"),
            ("/etc", "'/etc' is not a regular file"),
            (binary, "'\(binary)' is not UTF-8"),
        ] {
            let reading = Configuration.read(path, environment: Environment())
            #expect(reading.mistakes.map(\.description) == [message])
        }
    }
}
