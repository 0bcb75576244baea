import NIOCore
import PrismStandIn
import SFSCore
import SFSWire
import Testing

@testable import SFSClient

@Suite("A prism over HTTP")
struct PrismClientTests {
    @Test("is asked for what the options say")
    func options() async throws {
        try await TransferFixture.with { fixture in
            let bytes = Array("abc".utf8)
            let hash = try PrismStandIn.hash(bytes, .sha256)
            let options = PutOptions(
                algorithm: .sha256, hash: hash, copies: 3, fileExtension: "mp4",
                mediaType: "video/mp4")
            let reply = try await fixture.prism.put(
                ByteStream(ByteBuffer(bytes: bytes)), length: 3, options)
            #expect(reply.hash == hash)
            #expect(reply.copies == 3)
            #expect(reply.isNew == true)
            #expect(
                fixture.standIn.requests.map(\.target) == [
                    "/v1/contents?algorithm=sha256&hash=\(hash)&copies=3&extension=mp4"
                        + "&type=video%2Fmp4"
                ])
        }
    }

    @Test("tells of many contents in the order of the question")
    func exists() async throws {
        try await TransferFixture.with { fixture in
            let there = try fixture.standIn.keep([1, 2])
            let missing = try PrismStandIn.hash([3], .sha1)
            let entries = try await fixture.prism.exists([missing, there, missing])
            #expect(entries.map(\.hash) == [missing, there, missing])
            #expect(entries.map(\.exists) == [false, true, false])
            #expect(entries.map(\.size) == [0, 2, 0])
            #expect(try await fixture.prism.exists([]) == [])
            #expect(fixture.standIn.requests.count == 1)
        }
    }

    @Test("is not asked for more contents than it may be")
    func tooMany() async throws {
        try await TransferFixture.with { fixture in
            let hash = try PrismStandIn.hash([3], .sha1)
            let most = ExistsRequest.contentsPerRequestMaximum
            let some = [ContentHash](repeating: hash, count: most)
            #expect(try await fixture.prism.exists(some).count == most)
            let error = await #expect(throws: SFSError.self) {
                try await fixture.prism.exists(some + [hash])
            }
            #expect(error?.code == .tooLarge)
        }
    }

    @Test("is not believed when it answers another question")
    func otherQuestion() async throws {
        let hash = try PrismStandIn.hash([3], .sha1)
        let server = try RawServer { connection in
            _ = connection.request()
            connection.reply(200, json: #"{"contents":[]}"#)
        }
        defer { server.stop() }
        let error = await #expect(throws: SFSError.self) {
            try await withTransport(to: server.address) {
                _ = try await PrismClient($0).exists([hash])
            }
        }
        #expect(error?.code == .protocol)
    }

    @Test("gives detail, status, and makes volumes")
    func others() async throws {
        try await TransferFixture.with { fixture in
            let hash = try fixture.standIn.keep([1, 2], fileExtension: "bin")
            let detail = try await fixture.prism.detail(hash)
            #expect(detail.content.mimeExtension == "bin")
            #expect(detail.replicas.count == 2)
            #expect(try await fixture.prism.topUp(hash, copies: 5).copies == 5)
            #expect(try await fixture.prism.status().cluster.text == "demo")
            let volume = try await fixture.prism.initialiseStore(
                folder: "/srv", store: MemberName(parsing: "s9"))
            #expect(volume.folder == "/srv")
            #expect(volume.store.text == "s9")
            let missing = try PrismStandIn.hash([3], .sha1)
            let error = await #expect(throws: SFSError.self) {
                try await fixture.prism.detail(missing)
            }
            #expect(error?.code == .notFound)
        }
    }
}
