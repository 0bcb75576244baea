import SFSCore
import Testing

@testable import SFSConfig

@Suite("A list of values")
struct ListSettingTests {
    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    private func allowed(
        _ yaml: String, environment: [String: String] = [:], flags: [String: String] = [:]
    ) throws -> [String] {
        let reading = scratch.read(scratch.yaml(yaml), environment: environment, flags: flags)
        let configuration = try #require(reading.configuration, "\(reading.mistakes)")
        return configuration.retrieve.allow.map(\.description)
    }

    @Test("is read in either form of YAML, and may be empty or not set")
    func forms() throws {
        #expect(
            try allowed("retrieve: {allow: [10.0.0.0/8, 192.0.2.7]}") == [
                "10.0.0.0/8", "192.0.2.7",
            ])
        #expect(try allowed("retrieve:\n  allow:\n    - ::1\n") == ["::1"])
        #expect(try allowed("retrieve: {allow: []}") == [])
        #expect(try allowed("retrieve: {allow: }") == [])
    }

    @Test("is overruled by one text with commas")
    func overruled() throws {
        let yaml = "retrieve: {allow: [10.0.0.0/8]}"
        let environment = ["SFS_RETRIEVE_ALLOW": "127.0.0.1, ::1"]
        #expect(try allowed(yaml, environment: environment) == ["127.0.0.1", "::1"])
        #expect(try allowed(yaml, environment: environment, flags: ["retrieve.allow": ""]) == [])
    }

    @Test("prints with where it is from")
    func printed() {
        let reading = scratch.read(
            scratch.yaml("delivery: {denyStaticTypes: [mp4, 7Z]}"),
            environment: ["SFS_RETRIEVE_ALLOW": "::1"])
        let text = reading.effective.description
        #expect(text.contains("\n  denyStaticTypes: [mp4, 7z]\n"))
        #expect(text.contains("\n  allow: [\"::1\"]  # from SFS_RETRIEVE_ALLOW\n"))
        #expect(text.contains("\n  referrers: [localhost]  # default\n"))
        #expect(text.contains("\n  trustedProxies: []  # default\n"))
    }

    @Test(
        "has a mistake for what is no list of values",
        arguments: [
            ("allow: \"::1\"", "retrieve.allow: should be a list, '[a, b]'"),
            ("allow: {a: b}", "retrieve.allow: should be a list, '[a, b]'"),
            ("allow: [[a]]", "retrieve.allow: should be a list of single values"),
            ("allow: [~]", "retrieve.allow: should be a list of single values"),
            ("allow: [a: b]", "retrieve.allow: should be a list of single values"),
        ])
    func noList(setting: String, mistake: String) {
        let mistakes = scratch.mistakes("retrieve: {\(setting)}")
        #expect(mistakes.count == 1)
        #expect(mistakes.allSatisfy { $0.hasPrefix("line 4: \(mistake)") }, "\(mistakes)")
    }

    @Test("has a mistake for each value that is wrong, and for too many")
    func wrongValues() {
        #expect(scratch.mistakes("retrieve: {allow: [a, \"::1\", b]}").count == 2)
        let many = Array(repeating: "::1", count: 1001).joined(separator: ",")
        let reading = scratch.read(
            scratch.yaml(), environment: ["SFS_RETRIEVE_ALLOW": many])
        #expect(
            reading.mistakes.map(\.description)
                == ["retrieve.allow: has more than 1000 values (from SFS_RETRIEVE_ALLOW)"])
    }
}
