import SFSConfig
import Testing

@Suite("The credentials of a member")
struct CredentialTests {
    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    private func read(_ file: String) -> ConfigurationReading {
        let listen = "listen: [{address: 127.0.0.1, port: 0}]"
        return scratch.read(
            scratch.yaml(
                "stores: [{name: s1, zone: a, volume: /v, credentialsFile: \(file)}]",
                prisms: "[{name: p1, zone: a, credentialsFile: \(file), \(listen)}]"))
    }

    @Test("are read for prisms and stores, and never printed")
    func good() throws {
        let password = "a:password with spaces"
        let file = try scratch.write(
            "basic", "# mine\n\nclient:\(password)\nclient:\(password)2\n", mode: 0o600)
        let reading = read(file)
        let configuration = try #require(reading.configuration, "\(reading.mistakes)")
        let credentials = configuration.prisms[0].credentials
        #expect(credentials.map(\.name) == ["client", "client"])
        #expect(credentials[0].password == Secret(Array(password.utf8)))
        #expect(configuration.stores[0].credentials == credentials)
        var dumped = "\(credentials)\(reading.effective)"
        dump(configuration.prisms, to: &dumped)
        #expect(!dumped.contains("with spaces"))
    }

    @Test(
        "are refused when they are not safe or not there",
        arguments: [
            ("stretchfs:stretchfs\n", "line 1: everybody knows this password"),
            ("# x\nadmin:changeme\n", "line 2: everybody knows this password"),
            ("client:only15bytesxxx\n", "line 1: a password has 16 to 1024 bytes"),
            ("client:tab\tin a long password\n", "line 1: a password has 16 to 1024 bytes"),
            ("client:windows-line-ending\r\n", "line 1: a password has 16 to 1024 bytes"),
            ("client\n", "line 1: should be like 'name:password'"),
            (":a-password-without-a-name\n", "line 1: should be like 'name:password'"),
            ("a b:a-password-of-two-words\n", "line 1: should be like 'name:password'"),
            ("# nothing\n", "holds no name and password"),
        ])
    func refused(text: String, mistake: String) throws {
        let file = try scratch.write("basic", text, mode: 0o600)
        let mistakes = read(file).mistakes
        #expect(mistakes.map(\.key) == ["prisms[0].credentialsFile", "stores[0].credentialsFile"])
        #expect(mistakes.allSatisfy { $0.message.contains(mistake) }, "\(mistakes)")
        let secret = text.split(separator: ":").last.map(String.init) ?? text
        #expect(mistakes.allSatisfy { !$0.message.contains(secret) })
    }

    @Test("are refused when every user may read them")
    func open() throws {
        let file = try scratch.write("basic", "client:a-long-password-here\n", mode: 0o644)
        #expect(read(file).mistakes.allSatisfy { $0.message.contains("is open to every user") })
        #expect(read(file).configuration == nil)
    }
}
