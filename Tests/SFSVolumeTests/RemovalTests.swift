import Foundation
import SFSCore
import SFSFiles
import SFSVolume
import SystemPackage
import Testing

@Suite("Taking a replica away")
struct RemovalTests {
    private let bytes = VolumeFixture.bytes(1000)
    private let day = Timestamp(milliseconds: 1_795_339_800_123)  // 2026-11-22T09:30:00.123Z

    @Test("moves it into the trash of the day, with its generation")
    func trash() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let attributes = VolumeFixture.attributes(generation: 3)
            let hash = try VolumeFixture.put(bytes, into: volume, attributes: attributes)
            #expect(try volume.moveToTrash(hash, generation: 4, on: day))
            #expect(try volume.openReplica(hash) == nil)
            #expect(try fixture.names("trash/20261122") == ["\(hash).3"])
            #expect(try !volume.moveToTrash(hash, generation: 4, on: day))
        }
    }

    @Test("leaves a newer generation where it is")
    func newer() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let attributes = VolumeFixture.attributes(generation: 3)
            let hash = try VolumeFixture.put(bytes, into: volume, attributes: attributes)
            #expect(try !volume.moveToTrash(hash, generation: 2, on: day))
            #expect(try volume.openReplica(hash) != nil)
            #expect(try fixture.names("trash") == [])
        }
    }

    @Test("refuses when the generation is not known")
    func unknownGeneration() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try VolumeFixture.put(bytes, into: volume)
            let file = try OpenFile.open(FilePath(fixture.file(hash)))
            try file.setAttribute("user.sfs.meta", Array("rot".utf8))
            #expect(code { _ = try volume.moveToTrash(hash, generation: 9, on: day) } == .conflict)
            #expect(try volume.openReplica(hash) != nil)
        }
    }

    @Test("replaces nothing that was taken away before")
    func again() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            var hash: ContentHash?
            for _ in 0..<3 {
                let put = try VolumeFixture.put(bytes, into: volume)
                #expect(try volume.moveToTrash(put, generation: 1, on: day))
                try VolumeFixture.put(bytes, into: volume)
                #expect(try volume.moveToQuarantine(put, at: day))
                hash = put
            }
            let name = try #require(hash).hex
            #expect(
                try fixture.names("trash/20261122") == ["\(name).1", "\(name).1.1", "\(name).1.2"])
            let time = "20261122T093000123Z"
            #expect(
                try fixture.names("quarantine")
                    == ["\(name).\(time)", "\(name).\(time).1", "\(name).\(time).2"])
        }
    }

    @Test("into quarantine spares a good file that has replaced the bad one")
    func replaced() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            let hash = try VolumeFixture.put(bytes, into: volume)
            let bad = try #require(try volume.openReplica(hash))
            try VolumeFixture.flipBit(of: fixture.file(hash), at: 5)
            try VolumeFixture.put(bytes, into: volume)
            #expect(try fixture.names("quarantine").count == 1)
            #expect(try !volume.moveToQuarantine(hash, at: day, ifStill: bad))
            #expect(try volume.openReplica(hash) != nil)
            let good = try #require(try volume.openReplica(hash))
            #expect(try volume.moveToQuarantine(hash, at: day, ifStill: good))
            #expect(try fixture.names("quarantine").count == 2)
        }
    }
}
