import Foundation
import PrismStandIn
import ProcessFixture
import SFSCore
import Testing

@Suite("sfs get")
struct GetCommandTests {
    private let bytes = Array("the bytes of a film".utf8)

    @Test("writes to the hash with its extension, or where it is told")
    func names() async throws {
        try await CommandFixture.with { fixture in
            let hash = try fixture.standIn.keep(bytes, fileExtension: "mp4")
            let usual = try await fixture.sfs(["get", hash.hex])
            #expect(usual.text == "\(hash)  \(hash).mp4\n")
            #expect(fixture.read("\(hash).mp4") == bytes)
            let told = try await fixture.sfs(["get", hash.hex, "-o", "out"])
            #expect(told.text == "\(hash)  out\n")
            #expect(fixture.read("out") == bytes)
            let output = try await fixture.sfs(["get", hash.hex, "-o", "-"])
            #expect(output.output == bytes)
            let json = try await fixture.sfs(["get", hash.hex, "-o", "out", "--json"])
            #expect(json.text == #"{"hash":"\#(hash)","name":"out","size":19}"# + "\n")
        }
    }

    @Test("gives a part on standard output unless a file is named")
    func part() async throws {
        try await CommandFixture.with { fixture in
            let hash = try fixture.standIn.keep(bytes)
            #expect(try await fixture.sfs(["get", "--range", "4-8", hash.hex]).text == "bytes")
            #expect(try await fixture.sfs(["get", "--range", "-4", hash.hex]).text == "film")
            _ = try await fixture.sfs(["get", "--range", "0-2", hash.hex, "-o", "out"])
            #expect(fixture.read("out") == Array("the".utf8))
            #expect(try await fixture.sfs(["get", "--range", "99-", hash.hex]).status == 64)
            #expect(try await fixture.sfs(["get", "--range", "8-4", hash.hex]).status == 64)
        }
    }

    @Test("leaves no wrong file, and says so")
    func corrupt() async throws {
        try await CommandFixture.with { fixture in
            let hash = try fixture.standIn.keep(bytes)
            fixture.standIn.setFaults { $0.flipsFirstByte = true }
            let file = try await fixture.sfs(["get", hash.hex, "-o", "out"])
            #expect(file.status == 65)
            #expect(try fixture.names == [])
            #expect(try await fixture.sfs(["get", hash.hex, "-o", "-"]).status == 65)
        }
    }

    @Test(
        "refuses bad arguments",
        arguments: [
            ["get"], ["get", ""], ["get", "abc"], ["get", "--resume", "--range", "0-1", "$"],
            ["get", "--resume", "-o", "-", "$"], ["get", "$", "-o", ""], ["get", "$", "$"],
        ])
    func usage(arguments: [String]) async throws {
        try await CommandFixture.with { fixture in
            let hash = try fixture.standIn.keep(bytes)
            let outcome = try await fixture.sfs(arguments.map { $0 == "$" ? hash.hex : $0 })
            #expect(outcome.status == 64)
            #expect(outcome.errorText.hasPrefix("sfs: "))
        }
    }

    @Test(
        "leaves nothing when it is interrupted, and keeps its part with --resume",
        arguments: [(false, SIGINT), (true, SIGINT), (false, SIGTERM)])
    func interruption(resume: Bool, signal: Int32) async throws {
        try await CommandFixture.with { fixture in
            let hash = try fixture.standIn.keep(bytes)
            fixture.standIn.setFaults { $0.stallsReads = true }
            let arguments = ["get", hash.hex, "-o", "out"] + (resume ? ["--resume"] : [])
            let log = fixture.folder + ".log"
            defer { try? FileManager.default.removeItem(atPath: log) }
            try await fixture.running(arguments, log: log) { command in
                _ = try await eventually("the part") {
                    try fixture.names.isEmpty ? nil : true
                }
                command.send(signal)
                #expect(try await command.ended() == .exited(128 + signal))
            }
            let names = try fixture.names
            #expect(names == (resume ? [".out.sfs-part"] : []))
            #expect(FileManager.default.contents(atPath: log) == Data())
        }
    }

    @Test("ends without a word when nobody reads")
    func readerGone() async throws {
        try await CommandFixture.with { fixture in
            let hash = try fixture.standIn.keep([UInt8](repeating: 7, count: 4 << 20))
            let outcome = try await fixture.shell(
                #"{ "$SFS" get \#(hash) -o -; echo $? >&2; } | head -c 1"#)
            #expect(outcome.errorText == "141\n")
        }
    }
}
