import Testing

@testable import sfs

@Suite("Global options")
struct GlobalOptionsTests {
    @Test(
        "may stand before the verb",
        arguments: [
            (["--json", "status"], ["status", "--json"]),
            (["--url", "http://x:1", "get", "H"], ["get", "H", "--url", "http://x:1"]),
            (["--socket=/s", "-q", "put", "--", "-f"], ["put", "--socket=/s", "-q", "--", "-f"]),
            (["--json", "store", "init", "D"], ["store", "init", "D", "--json"]),
            (["put", "--json", "f"], ["put", "--json", "f"]),
            (["--version"], ["--version"]),
            (["--json"], ["--json"]),
            (["--url"], ["--url"]),
            ([], []),
        ] as [([String], [String])])
    func order(arguments: [String], expected: [String]) {
        #expect(GlobalOptions.movedBehindVerb(arguments) == expected)
    }
}
