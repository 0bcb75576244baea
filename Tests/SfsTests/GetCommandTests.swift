import Foundation
import PrismStandIn
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
            #expect(outcome.errors.hasPrefix("sfs: "))
        }
    }

    @Test(
        "goes on after an interruption with --resume, and leaves nothing without",
        arguments: [false, true])
    func interruption(resume: Bool) async throws {
        try await CommandFixture.with { fixture in
            let hash = try fixture.standIn.keep(bytes)
            fixture.standIn.setFaults { $0.cutsAfter = [Int](repeating: 0, count: 99) }
            let command = try fixture.start(
                ["get", hash.hex, "-o", "out"] + (resume ? ["--resume"] : []))
            while try fixture.names.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
            command.process.interrupt()
            let outcome = try await command.finish()
            #expect(outcome.status == 130)
            #expect(outcome.errors == "")
            let names = try fixture.names
            #expect(names == (resume ? [".out.sfs-part"] : []))
        }
    }

    @Test("ends without a word when nobody reads")
    func readerGone() async throws {
        try await CommandFixture.with { fixture in
            let hash = try fixture.standIn.keep([UInt8](repeating: 7, count: 4 << 20))
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = [
                "-c", #"{ "$0" get "$1" -o -; echo $? >&2; } | head -c 1"#,
                try RunningCommand.binary, hash.hex,
            ]
            process.environment = ["SFS_SOCKET": fixture.socket, "PATH": "/usr/bin:/bin"]
            let errors = Pipe()
            process.standardError = errors
            process.standardOutput = Pipe()
            try process.run()
            let text = try errors.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            #expect(String(decoding: text, as: UTF8.self) == "141\n")
        }
    }
}
