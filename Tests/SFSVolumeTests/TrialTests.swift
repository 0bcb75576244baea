import Foundation
import SFSCore
import SFSVolume
import Testing

@Suite("A trial of a disk")
struct TrialTests {
    @Test("goes well on one that is, and leaves nothing")
    func well() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            try volume.tryDisk()
            #expect(try fixture.names("spool") == [])
        }
    }

    @Test("fails where nothing can be written, or the volume is gone")
    func ill() async throws {
        try await VolumeFixture.withVolume { fixture, volume in
            try FileManager.default.moveItem(
                atPath: fixture.path, toPath: fixture.path + ".away")
            let gone = #expect(throws: SFSError.self) { try volume.tryDisk() }
            #expect(gone?.code == .unavailable)
            try FileManager.default.moveItem(
                atPath: fixture.path + ".away", toPath: fixture.path)
            try FileManager.default.removeItem(atPath: "\(fixture.path)/spool")
            #expect(throws: SFSError.self) { try volume.tryDisk() }
        }
    }
}
