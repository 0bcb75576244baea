import NIOCore
import PrismStandIn
import SFSCore
import SFSWire
import Testing

@testable import SFSClient

@Suite("A store over HTTP")
struct StoreClientTests {
    private let hash: ContentHash
    private let upload = UploadID.random()

    init() throws {
        hash = try PrismStandIn.hash(Array("abc".utf8), .sha1)
    }

    @Test("tells how it is, within its limit")
    func health() async throws {
        var limits = HTTPLimits()
        limits.healthTimeout = .seconds(60)
        let health = try await withStore(limits: limits) { connection in
            guard connection.request()?.target == Routes.storeHealth else { return }
            let times = #""version":"1","clock":"2026-11-22T09:30:00.000Z""#
            connection.reply(200, json: #"{"name":"s1","freeBytes":5,"totalBytes":9,\#(times)}"#)
        } _: {
            try await $0.health()
        }
        #expect(health.freeBytes == 5)
        limits.healthTimeout = .milliseconds(100)
        let error = await #expect(throws: SFSError.self) {
            try await withStore(limits: limits) {
                $0.waitForClose()
            } _: {
                _ = try await $0.health()
            }
        }
        #expect(error?.code == .timeout)
    }

    @Test("gets a body of known length whole, with the algorithm")
    func receive() async throws {
        let (seen, hash) = (Seen<RawRequest>(), hash)
        _ = try await withStore { connection in
            guard let request = connection.request() else { return }
            seen.add(request)
            connection.reply(200, json: #"{"hash":"\#(hash)","size":3}"#)
        } _: {
            try await $0.receive(
                upload, algorithm: .sha1, length: 3, body: stream([[97], [98, 99]]))
        }
        let request = try #require(seen.all.first)
        #expect(request.method == "PUT")
        #expect(request.target == Routes.upload(upload) + "?algorithm=sha1")
        #expect(request.headers["content-length"] == "3")
        #expect(request.body == Array("abc".utf8))
    }

    @Test("refuses a body of another length than was said", arguments: [2, 4])
    func wrongLength(length: Int64) async throws {
        let error = await #expect(throws: SFSError.self) {
            try await withStore { connection in
                _ = connection.request()
                connection.waitForClose()
            } _: {
                _ = try await $0.receive(
                    upload, algorithm: .sha1, length: length, body: stream([[97, 98, 99]]))
            }
        }
        #expect(error?.code == .protocol)
    }

    @Test("throws what broke the body")
    func brokenBody() async throws {
        let body = ByteStream(
            AsyncThrowingStream { () throws -> ByteBuffer? in
                throw SFSError(.noInput, "the source broke")
            })
        let error = await #expect(throws: SFSError.self) {
            try await withStore {
                $0.waitForClose()
            } _: {
                _ = try await $0.receive(upload, algorithm: .sha1, length: nil, body: body)
            }
        }
        #expect(error?.code == .noInput)
    }

    @Test("may refuse before all was sent")
    func earlyRefusal() async throws {
        let body = try JSON.encode(ErrorMessage(SFSError(.noSpace, "full")))
        let endless = ByteStream(AsyncThrowingStream { ByteBuffer(repeating: 1, count: 65536) })
        let error = await #expect(throws: SFSError.self) {
            try await withStore { connection in
                _ = connection.head()
                connection.reply(507, [:], body)
                connection.waitForClose()
            } _: {
                _ = try await $0.receive(upload, algorithm: .sha1, length: nil, body: endless)
            }
        }
        #expect(error?.code == .noSpace)
    }

    @Test("is not believed when it got other bytes")
    func otherBytes() async throws {
        let hash = hash
        let error = await #expect(throws: SFSError.self) {
            try await withStore { connection in
                _ = connection.request()
                connection.reply(200, json: #"{"hash":"\#(hash)","size":2}"#)
            } _: {
                _ = try await $0.receive(
                    upload, algorithm: .sha1, length: 3, body: stream([[97, 98, 99]]))
            }
        }
        #expect(error?.code == .protocol)
    }

    @Test("is told to commit and to discard")
    func commit() async throws {
        let seen = Seen<RawRequest>()
        let attributes = ContentAttributes(
            fileExtension: "txt", mediaType: "text/plain", created: Timestamp(milliseconds: 0),
            generation: 1)
        let order = CommitOrder(hash: hash, attributes: attributes)
        try await withStore { connection in
            while let request = connection.request() {
                seen.add(request)
                connection.reply(204)
            }
        } _: { store in
            try await store.commit(upload, as: hash, order.attributes)
            await store.discard(upload)
        }
        #expect(seen.all.map(\.method) == ["POST", "DELETE"])
        #expect(seen.all.map(\.target) == [Routes.commit(upload), Routes.upload(upload)])
        #expect(try JSON.decode(CommitOrder.self, from: seen.all[0].body) == order)
    }

    @Test("finds nothing where there is nothing")
    func find() async throws {
        let facts = try await withStore { connection in
            _ = connection.request()
            connection.reply(404, json: #"{"error":{"code":"not-found","message":"no"}}"#)
        } _: {
            try await $0.find(hash)
        }
        #expect(facts == nil)
    }

    @Test("gives the part that was asked for")
    func part() async throws {
        let seen = Seen<RawRequest>()
        let body = try await withStore { connection in
            guard let request = connection.request() else { return }
            seen.add(request)
            connection.reply(206, ["Content-Range": "bytes 2-4/9"], [2, 3, 4])
            connection.waitForClose()
        } _: { store in
            let body = try await store.read(hash, offsets: 2..<5)
            #expect(try await collect(body.bytes) == [2, 3, 4])
            return body
        }
        #expect(body.size == 9)
        #expect(body.offsets == 2..<5)
        #expect(seen.all.first?.headers["range"] == "bytes=2-4")
        #expect(seen.all.first?.target == Routes.replica(hash))
    }

    @Test("cannot give less than it promised", arguments: [0, 5])
    func cutShort(count: Int) async throws {
        let error = await #expect(throws: SFSError.self) {
            try await withStore { connection in
                _ = connection.request()
                connection.reply(200, ["Content-Length": "9"], [UInt8](repeating: 1, count: count))
            } _: {
                _ = try await collect(try await $0.read(hash, offsets: nil).bytes)
            }
        }
        #expect([.unavailable, .io].contains(error?.code))
    }

    @Test(
        "cannot give another part, or no part",
        arguments: [
            (206, "bytes 3-5/9", "protocol"), (200, "", "protocol"),
            (206, "bytes 2-3/4", "range-not-satisfiable"), (206, "", "protocol"),
        ])
    func wrongPart(status: Int, range: String, code: String) async throws {
        let error = await #expect(throws: SFSError.self) {
            try await withStore { connection in
                _ = connection.request()
                let count = range == "bytes 2-3/4" ? 2 : 3
                connection.reply(
                    status, ["Content-Range": range], [UInt8](repeating: 1, count: count))
                connection.waitForClose()
            } _: {
                _ = try await $0.read(hash, offsets: 2..<5)
            }
        }
        #expect(error?.code.rawValue == code)
    }

    @Test("gives no bytes without asking for any")
    func nothing() async throws {
        let seen = Seen<RawRequest>()
        let body = try await withStore { connection in
            while let request = connection.request() {
                seen.add(request)
                connection.reply(200, json: #"{"size":4}"#)
            }
        } _: { store in
            let body = try await store.read(hash, offsets: 4..<4)
            #expect(try await collect(body.bytes) == [])
            return body
        }
        #expect(body.size == 4)
        #expect(seen.all.map(\.target) == [Routes.replicaFacts(hash)])
    }
}
