import ArgumentParser
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

    @Test("of one letter take their value with or without a blank")
    func joined() throws {
        for arguments in [["bench", "-j2"], ["bench", "-j", "2"], ["bench", "-j=2"]] {
            #expect(try #require(try Sfs.parseAsRoot(arguments) as? Bench).concurrency == 2)
        }
        #expect(try #require(try Sfs.parseAsRoot(["put", "-j2", "f"]) as? Put).parallel == 2)
        #expect(try #require(try Sfs.parseAsRoot(["get", "-of", "H"]) as? Get).output == "f")
        let exists = try #require(try Sfs.parseAsRoot(["exists", "-0", "-if"]) as? Exists)
        #expect(exists.list.input == "f" && exists.list.nul)
    }

    @Test("are shown with what holds without them")
    func defaults() {
        let help = Sfs.helpMessage(for: Bench.self, columns: 200)
        #expect(help.contains("How long each mode lasts: 10s, 2m. (default: 10s)"))
    }
}
