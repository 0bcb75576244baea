import Foundation
import SFSConfig
import SFSCore
import Testing

@Suite("A configuration")
struct ConfigurationTests {
    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    @Test("needs only a cluster, a key and a member")
    func standard() throws {
        let reading = scratch.read(scratch.yaml())
        let configuration = try #require(reading.configuration, "\(reading.mistakes)")
        #expect(configuration.cluster.text == "demo")
        #expect(configuration.state == "/var/lib/stretchfs")
        #expect(configuration.copies == 2)
        #expect(configuration.tokens.isEmpty)
        #expect(configuration.catalog.url == nil)
        #expect(configuration.http.jsonBytesMaximum == .mebibytes(4))
        #expect(configuration.prisms[0].listen == [.tcp(address: "127.0.0.1", port: 0, tls: nil)])
    }

    @Test("has safe defaults for clients")
    func standardForClients() throws {
        let reading = scratch.read(scratch.yaml())
        let configuration = try #require(reading.configuration, "\(reading.mistakes)")
        #expect(configuration.domain == nil)
        #expect(configuration.tls == nil)
        #expect(configuration.prisms[0].credentials.isEmpty)
        #expect(configuration.delivery.mode == .redirect)
        #expect(configuration.delivery.denyStaticTypes.count == 23)
        #expect(configuration.delivery.denyStaticTypes.isSuperset(of: ["aac", "mp4", "wmv"]))
        #expect(configuration.delivery.trafficKept == .hours(90 * 24))
        #expect(configuration.purchase.zone == "a")
        #expect(configuration.purchase.lifeMaximum == .hours(366 * 24))
        #expect(configuration.purchase.referrers.map(\.host) == ["localhost"])
        #expect(configuration.accounts.loginDelay == .milliseconds(250))
        #expect(configuration.retrieve.allow.isEmpty)
        #expect(configuration.retrieve.bytesMaximum == ByteCount(2 << 40))
        #expect(configuration.http.trustedProxies.isEmpty)
        #expect(reading.effective.description.contains("uploadBytesMaximum: 2TiB  # default\n"))
    }

    @Test("is read whole where clients come in")
    func wholeForClients() throws {
        let reading = scratch.read(
            scratch.yaml(
                """
                domain: CDN.example.net
                delivery: { mode: proxy, denyStaticTypes: [MP4], staleAfter: 5m }
                purchase: { zone: b, life: 1h, lifeMaximum: 2h, referrers: [] }
                accounts: { loginDelay: 1ms, loginDelayMaximum: 1s }
                retrieve: { allow: [127.0.0.0/8, "::1"], redirectsMaximum: 0 }
                http: { trustedProxies: [10.0.0.0/8], jsonBytesMaximum: 256MiB }
                stores:
                  - name: s1
                    zone: a
                    volume: /v
                    address: 192.0.2.7
                    address6: "2001:DB8::7"
                    httpPort: 80
                    httpsPort: 443
                """,
                prisms: "[{name: p, zone: a, publicURL: \"https://cdn\", listen: [{socket: /p}]}]"
            ))
        let configuration = try #require(reading.configuration, "\(reading.mistakes)")
        #expect(configuration.domain == "cdn.example.net")
        #expect(configuration.prisms[0].publicURL == "https://cdn")
        #expect(configuration.delivery.mode == .proxy)
        #expect(configuration.delivery.denyStaticTypes == ["mp4"])
        #expect(configuration.purchase.zone == "b")
        #expect(configuration.purchase.referrers.isEmpty)
        #expect(configuration.retrieve.allow.map(\.description) == ["127.0.0.0/8", "::1"])
        #expect(configuration.http.trustedProxies.map(\.description) == ["10.0.0.0/8"])
        let store = try #require(configuration.stores.first)
        #expect(store.address == "192.0.2.7")
        #expect(store.address6 == "2001:db8::7")
        #expect(store.httpPort == 80)
        #expect(store.httpsPort == 443)
    }

    @Test(
        "takes the address of a store from its first listeners",
        arguments: [
            ("{address: 192.0.2.7, port: 1}, {address: 192.0.2.8, port: 1}", "192.0.2.7", nil),
            (
                "{address: \"2001:DB8::7\", port: 1}, {address: localhost, port: 1}",
                "127.0.0.1", "2001:db8::7"
            ),
            ("{address: 0.0.0.0, port: 1}, {address: \"::\", port: 1}", nil, nil),
            ("{socket: /run/s1}", nil, nil),
        ])
    func storeAddress(listen: String, address: String?, address6: String?) throws {
        let reading = scratch.read(
            scratch.yaml(
                "stores: [{name: s1, zone: a, volume: /v, url: \"http://s1\", listen: [\(listen)]}]"
            ))
        let store = try #require(reading.configuration, "\(reading.mistakes)").stores[0]
        #expect(store.address == address)
        #expect(store.address6 == address6)
    }

    @Test("is read whole")
    func whole() throws {
        let reading = scratch.read(
            scratch.yaml(
                """
                state: /srv//state/
                tokenFile: \(scratch.path)/token
                operatorGroup: root
                copies: 3
                catalog: { url: "postgresql://u:p@a,b/sfs", lockTimeout: 2s, connections: 4 }
                log: { level: warning, format: json, debug: "prism:*,store:verify" }
                http: { headerBytesMaximum: 32KiB, threads: 2 }
                stores:
                  - name: s1
                    zone: a
                    host: h1
                    volume: /srv/disk1
                    minFreeBytes: 1 GiB
                    spoolTimeout: 10m
                    listen:
                      - { socket: /run/s1.sock, mode: 0600 }
                """))
        let configuration = try #require(reading.configuration, "\(reading.mistakes)")
        #expect(configuration.state == "/srv/state")
        #expect(configuration.tokens == [Secret(Array("abcdefghijklmnopqrst".utf8))])
        #expect(configuration.operatorGroup?.id == 0)
        #expect(configuration.catalog.lockTimeout == .seconds(2))
        #expect(configuration.log.level == .warning)
        #expect(configuration.log.debug.contains("prism:ingest"))
        #expect(configuration.http.headerBytesMaximum == ByteCount(32 << 10))
        let store = try #require(configuration.stores.first)
        #expect(store.minFreeBytes == .gibibytes(1))
        #expect(store.spoolTimeout == .seconds(600))
        #expect(store.listen == [.unix(path: "/run/s1.sock", mode: FileMode(0o600))])
    }

    @Test("is overruled by the environment, and that by flags")
    func precedence() throws {
        let yaml = scratch.yaml("log: {level: info}\ncopies: 3")
        let environment = [
            "SFS_LOG_LEVEL": "error", "SFS_COPIES": "4", "SFS_DEBUG": "store:*",
            "SFS_CATALOG_LOCK_TIMEOUT": "3s", "SFS_HTTP_JSON_BYTES_MAXIMUM": "1MiB",
        ]
        let reading = scratch.read(
            yaml, environment: environment, flags: ["log.level": "trace"])
        let configuration = try #require(reading.configuration, "\(reading.mistakes)")
        #expect(configuration.log.level == .trace)
        #expect(configuration.copies == 4)
        #expect(configuration.log.debug.patterns == ["store:*"])
        #expect(configuration.catalog.lockTimeout == .seconds(3))
        #expect(configuration.http.jsonBytesMaximum == .mebibytes(1))
    }

    @Test("prints itself so that it reads back")
    func effective() throws {
        let yaml = scratch.yaml(
            """
            tokenFile: \(scratch.path)/token
            log: { debug: "prism:*" }
            delivery: { denyStaticTypes: [mp4, "7z"] }
            retrieve: { allow: ["::1", 10.0.0.0/8] }
            purchase: { referrers: [] }
            stores: [{name: s1, zone: b, volume: "/srv/a disk #1", listen: [{socket: /run/s}]}]
            """)
        let first = scratch.read(yaml, environment: ["SFS_COPIES": "5"])
        let second = scratch.read(first.effective.description)
        #expect(first.effective.description.contains("copies: 5  # from SFS_COPIES\n"))
        #expect(second.mistakes == [])
        #expect(first.configuration != nil)
        #expect(first.configuration == second.configuration)
    }

    @Test("prints no secret")
    func secrets() throws {
        let yaml = scratch.yaml(
            """
            tokenFile: \(scratch.path)/token
            catalog: { url: "postgresql://u:hunter2@h/db?password=hunter3&x=1" }
            """)
        let reading = scratch.read(yaml)
        let configuration = try #require(reading.configuration)
        var dumped = "\(configuration.clusterKey) \(configuration.tokens)"
        dump(configuration.tokens, to: &dumped)
        for secret in ["hunter2", "hunter3", "kkkk", "abcdefghijklmnopqrst"] {
            #expect(!reading.effective.description.contains(secret))
            #expect(!dumped.contains(secret))
        }
        #expect(reading.effective.description.contains("postgresql://u:***@h/db?password=***&x=1"))
    }

    @Test("loads from a file, or says in one error what is wrong with it")
    func load() throws {
        let good = try scratch.write("good.yaml", scratch.yaml())
        let bad = try scratch.write("bad.yaml", scratch.yaml("copies: no\nspeed: 9"))
        #expect(try Configuration.load(good, environment: Environment()).cluster.text == "demo")
        let error = try #require(throws: SFSError.self) {
            try Configuration.load(bad, environment: Environment())
        }
        #expect(error.code == .configuration)
        #expect(error.message.contains("\n  line 4: copies: "))
        #expect(error.message.contains("\n  line 5: speed: "))
    }
}
