import SFSConfig
import Testing

@Suite("The certificate of a listener")
struct TLSSettingTests {
    let scratch: Scratch
    let files: (certificate: String, key: String)

    init() throws {
        scratch = try Scratch()
        files = (
            try scratch.write("tls.crt", "a certificate"),
            try scratch.write("tls.key", "a key", mode: 0o600)
        )
    }

    private func listeners(_ more: String, _ listen: String) throws -> [ListenerConfiguration] {
        let reading = scratch.read(
            scratch.yaml(more, prisms: "[{name: p1, zone: a, listen: \(listen)}]"))
        return try #require(reading.configuration, "\(reading.mistakes)").prisms[0].listen
    }

    private var standard: String { "certificate: \(files.certificate)\nkey: \(files.key)" }

    @Test("is that of the process when it says only that it wants one")
    func standardPair() throws {
        let found = try listeners(
            standard,
            "[{address: a, port: 1, tls: true}, {address: a, port: 2}, "
                + "{address: a, port: 3, tls: false}]")
        let pairs = found.map { listener -> String? in
            guard case .tcp(_, _, let tls?) = listener else { return nil }
            return "\(tls.certificate) \(tls.key)"
        }
        #expect(pairs == ["\(files.certificate) \(files.key)", nil, nil])
    }

    @Test("is its own where it has one, whether it says that it wants one or not")
    func ownPair() throws {
        let own = try scratch.write("own.key", "another key", mode: 0o600)
        let pair = "certificate: \(files.certificate), key: \(own)"
        for more in ["", standard] {
            let found = try listeners(
                more, "[{address: a, port: 1, tls: true, \(pair)}, {address: a, port: 2, \(pair)}]")
            let keys = found.map { listener -> String? in
                guard case .tcp(_, _, let tls?) = listener else { return nil }
                return tls.key
            }
            #expect(keys == [own, own])
        }
    }

    @Test("of the process is a mistake when its key is open or missing")
    func badPair() throws {
        let open = try scratch.write("open.key", "a key")
        #expect(
            scratch.mistakes("certificate: \(files.certificate)\nkey: \(open)")
                == ["line 5: key: '\(open)' is open to every user; do 'chmod o= \(open)'"])
        #expect(
            scratch.mistakes("certificate: \(files.certificate)\nkey: /nowhere/key")
                == ["line 5: key: cannot open '/nowhere/key': No such file or directory"])
    }
}
