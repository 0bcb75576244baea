import Foundation
import Glibc
import NIOCore
import PrismStandIn
import SFSCore
import SystemPackage
import Testing

@testable import SFSClient

@Suite("A download")
struct FileDownloadTests {
    @Test("is the content, under its name and no other", arguments: [0, 1, 700_000, 3_000_000])
    func whole(size: Int) async throws {
        try await TransferFixture.with { fixture in
            let hash = try fixture.standIn.keep(pattern(size))
            let download = FileDownload(hash, for: fixture.transfer)
            #expect(try await download.save(as: fixture.path("out")) == Int64(size))
            #expect(fixture.read("out") == pattern(size))
            #expect(try fixture.names == ["out"])
            #expect(fixture.observer.moved == Int64(size))
        }
    }

    @Test("takes the place of a file only when it is right")
    func replacement() async throws {
        try await TransferFixture.with { fixture in
            try fixture.write([9], to: "out")
            let hash = try fixture.standIn.keep(pattern(5000))
            fixture.standIn.setFaults { $0.flipsFirstByte = true }
            let download = FileDownload(hash, for: fixture.transfer)
            let error = await #expect(throws: SFSError.self) {
                try await download.save(as: fixture.path("out"), resume: true)
            }
            #expect(error?.code == .corrupt)
            #expect(fixture.read("out") == [9])
            #expect(try fixture.names == ["out"])
            fixture.standIn.setFaults { $0.flipsFirstByte = false }
            _ = try await download.save(as: fixture.path("out"))
            #expect(fixture.read("out") == pattern(5000))
        }
    }

    @Test("goes on by itself from where it was cut")
    func cut() async throws {
        try await TransferFixture.with { fixture in
            let hash = try fixture.standIn.keep(pattern(100_000))
            fixture.standIn.setFaults { $0.cutsAfter = [30_000, 0, 20_000] }
            let download = FileDownload(hash, for: fixture.transfer)
            _ = try await download.save(as: fixture.path("out"))
            #expect(fixture.read("out") == pattern(100_000))
            let ranges = fixture.standIn.requests.map { $0.headers["range"] }
            #expect(ranges.first == .some(nil))
            #expect(ranges.last == "bytes=50000-99999")
        }
    }

    @Test("is given up when no more comes, and leaves nothing unless it shall be resumed")
    func givenUp() async throws {
        try await TransferFixture.with { fixture in
            let hash = try fixture.standIn.keep(pattern(100_000))
            let cuts = [600_000] + [Int](repeating: 0, count: 20)
            let download = FileDownload(hash, for: fixture.transfer)
            fixture.standIn.setFaults { $0.cutsAfter = [0] + cuts.dropFirst() }
            await #expect(throws: SFSError.self) {
                try await download.save(as: fixture.path("out"))
            }
            #expect(try fixture.names == [])
            await #expect(throws: SFSError.self) {
                try await download.save(as: fixture.path("out"), resume: true)
            }
            #expect(try fixture.names == [".out.sfs-part"])
        }
    }

    @Test("uses what an earlier run kept, and fetches only the rest")
    func resumed() async throws {
        try await TransferFixture.with { fixture in
            let hash = try fixture.standIn.keep(pattern(100_000))
            try fixture.write(Array(pattern(100_000).prefix(40_000)), to: ".out.sfs-part")
            let download = FileDownload(hash, for: fixture.transfer)
            #expect(try await download.save(as: fixture.path("out"), resume: true) == 100_000)
            #expect(fixture.read("out") == pattern(100_000))
            #expect(fixture.standIn.requests.last?.headers["range"] == "bytes=40000-")
            #expect(fixture.observer.moved == 60_000)
            #expect(try fixture.names == ["out"])
        }
    }

    @Test(
        "does not trust what an earlier run kept",
        arguments: [[UInt8](repeating: 0, count: 5), pattern(200), pattern(100) + [1]])
    func badPart(part: [UInt8]) async throws {
        try await TransferFixture.with { fixture in
            let hash = try fixture.standIn.keep(Array(pattern(101).reversed()))
            try fixture.write(part, to: ".out.sfs-part")
            let download = FileDownload(hash, for: fixture.transfer)
            #expect(try await download.save(as: fixture.path("out"), resume: true) == 101)
            #expect(fixture.read("out") == Array(pattern(101).reversed()))
        }
    }

    @Test("fetches nothing when an earlier run kept all")
    func completePart() async throws {
        try await TransferFixture.with { fixture in
            let hash = try fixture.standIn.keep(pattern(5000))
            try fixture.write(pattern(5000), to: ".out.sfs-part")
            let download = FileDownload(hash, for: fixture.transfer)
            #expect(try await download.save(as: fixture.path("out"), resume: true) == 5000)
            #expect(fixture.read("out") == pattern(5000))
            #expect(fixture.standIn.requests.count == 1)
        }
    }

    @Test("begins anew over what an earlier run left, unless it shall resume")
    func leftover() async throws {
        try await TransferFixture.with { fixture in
            let hash = try fixture.standIn.keep(pattern(5000))
            try fixture.write(pattern(9000), to: ".out.sfs-part")
            _ = try await FileDownload(hash, for: fixture.transfer).save(as: fixture.path("out"))
            #expect(fixture.read("out") == pattern(5000))
            #expect(try fixture.names == ["out"])
        }
    }

    @Test("of a part has just those bytes")
    func part() async throws {
        try await TransferFixture.with { fixture in
            let hash = try fixture.standIn.keep(pattern(5000))
            let range = ByteRange.suffix(count: 10)
            let download = FileDownload(hash, range: range, for: fixture.transfer)
            #expect(try await download.save(as: fixture.path("out")) == 10)
            #expect(fixture.read("out") == Array(pattern(5000).suffix(10)))
            let beyond = FileDownload(
                hash, range: .from(first: 5000, last: nil), for: fixture.transfer)
            let error = await #expect(throws: SFSError.self) {
                try await beyond.save(as: fixture.path("beyond"))
            }
            #expect(error?.code == .rangeNotSatisfiable)
            #expect(try fixture.names == ["out"])
        }
    }

    @Test("leaves nothing when it is cancelled, and keeps its part when it shall be resumed")
    func cancelled() async throws {
        for resume in [false, true] {
            try await TransferFixture.with { fixture in
                let hash = try fixture.standIn.keep(pattern(100))
                fixture.standIn.setFaults { $0.cutsAfter = [Int](repeating: 0, count: 99) }
                let path = fixture.path("out")
                try await withThrowingTaskGroup { group in
                    group.addTask {
                        _ = try await FileDownload(hash, for: fixture.transfer)
                            .save(as: path, resume: resume)
                    }
                    while try fixture.names.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
                    group.cancelAll()
                    await #expect(throws: CancellationError.self) { try await group.waitForAll() }
                }
                #expect(try fixture.names == (resume ? [".out.sfs-part"] : []))
            }
        }
    }

    @Test("is refused while another writes the same file")
    func conflict() async throws {
        try await TransferFixture.with { fixture in
            let hash = try fixture.standIn.keep(pattern(100))
            let first = try PartialFile(for: fixture.path("out"), holding: hash)
            let error = await #expect(throws: SFSError.self) {
                try await FileDownload(hash, for: fixture.transfer).save(as: fixture.path("out"))
            }
            #expect(error?.code == .conflict)
            try first.discard()
        }
    }

    @Test("goes into a device or a pipe and does not replace it")
    func device() async throws {
        try await TransferFixture.with { fixture in
            let hash = try fixture.standIn.keep(pattern(100))
            let download = FileDownload(hash, for: fixture.transfer)
            #expect(try await download.save(as: "/dev/null") == 100)
            var status = stat()
            #expect(stat("/dev/null", &status) == 0)
            #expect(status.st_mode & S_IFMT == S_IFCHR)
        }
    }

    @Test("follows a link and refuses a folder")
    func link() async throws {
        try await TransferFixture.with { fixture in
            let hash = try fixture.standIn.keep(pattern(100))
            let download = FileDownload(hash, for: fixture.transfer)
            try fixture.write([9], to: "real")
            #expect(symlink("real", fixture.path("link").string) == 0)
            _ = try await download.save(as: fixture.path("link"))
            #expect(fixture.read("real") == pattern(100))
            let error = await #expect(throws: SFSError.self) {
                try await download.save(as: fixture.folder)
            }
            #expect(error?.code == .conflict)
        }
    }

    @Test("writes to a descriptor, and says at the end when it was wrong")
    func descriptor() async throws {
        try await TransferFixture.with { fixture in
            let hash = try fixture.standIn.keep(pattern(100))
            let download = FileDownload(hash, for: fixture.transfer)
            let descriptor = open(fixture.path("out").string, O_CREAT | O_WRONLY, 0o600)
            defer { close(descriptor) }
            #expect(try await download.write(to: descriptor) == 100)
            #expect(fixture.read("out") == pattern(100))
            fixture.standIn.setFaults { $0.flipsFirstByte = true }
            let error = await #expect(throws: SFSError.self) {
                try await download.write(to: descriptor)
            }
            #expect(error?.code == .corrupt)
        }
    }

    @Test("ends quietly when nobody reads it")
    func readerGone() async throws {
        signal(SIGPIPE, SIG_IGN)
        try await TransferFixture.with { fixture in
            let hash = try fixture.standIn.keep(pattern(100))
            var ends: [Int32] = [0, 0]
            #expect(pipe(&ends) == 0)
            close(ends[0])
            defer { close(ends[1]) }
            await #expect(throws: ReaderGone.self) {
                try await FileDownload(hash, for: fixture.transfer).write(to: ends[1])
            }
        }
    }

    @Test("of what is not there says so at once")
    func missing() async throws {
        try await TransferFixture.with { fixture in
            let hash = try PrismStandIn.hash([1], .sha1)
            let error = await #expect(throws: SFSError.self) {
                try await FileDownload(hash, for: fixture.transfer).save(as: fixture.path("out"))
            }
            #expect(error?.code == .notFound)
            #expect(try fixture.names == [])
        }
    }
}
