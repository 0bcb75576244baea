package import SFSCore
import SFSFiles
import SFSWire
import Synchronization
import NIOCore

/// A prism that keeps contents in memory, and fails on demand.
package final class PrismStandIn: Sendable {
    /// What the stand-in does wrong.
    package struct Faults: Sendable {
        /// For each of the next reads: cut the connection after so many bytes of the body.
        package var cutsAfter: [Int] = []
        /// Send the head of a read, none of its body, and wait for the client to go.
        package var stallsReads = false
        /// Send the first byte of every body wrong.
        package var flipsFirstByte = false
        /// Answer every put with this error, before its body is read.
        package var refusal: SFSError?
        /// Forget between `exists` and `replicas`.
        package var forgetsOnTopUp = false
        /// The problems of the status.
        package var problems: [String] = []

        package init() {}
    }

    private struct Kept {
        let bytes: [UInt8]
        let fileExtension: String
        let mediaType: String
        var copies: Int
    }

    private struct State {
        var contents: [ContentHash: Kept] = [:]
        var requests: [RawRequest] = []
        var faults = Faults()
    }

    /// Its accounts and sessions.
    package let accounts: AccountBook
    /// Its purchases.
    package let purchases: PurchaseBook
    /// Its plans and tasks.
    package let plans: PlanBook
    /// Its passes, and what pruning removes.
    package let passes: PassBook
    /// Its members.
    package let members: MemberBook
    /// Its rules, its audit and its catalog.
    package let care: CareBook

    private let state: Shared
    private let server: RawServer

    private final class Shared: Sendable {
        let contents = Mutex(State())
        let accounts = AccountBook()
        let purchases = PurchaseBook()
        let plans = PlanBook()
        let passes = PassBook()
        let members: MemberBook
        let care = CareBook()

        init() throws { members = try MemberBook() }
    }

    /// Listens on the Unix socket `path`, or on a free port of loopback.
    package init(socket path: String? = nil) throws {
        let state = try Shared()
        self.state = state
        (accounts, purchases) = (state.accounts, state.purchases)
        (plans, passes, members, care) = (state.plans, state.passes, state.members, state.care)
        server = try RawServer(socket: path) { connection in
            while let head = connection.head() { Self.serve(head, connection, state) }
        }
    }

    /// Where it listens.
    package var address: String { server.address }

    /// Changes what it does wrong.
    package func setFaults(_ change: (inout Faults) -> Void) {
        state.contents.withLock { change(&$0.faults) }
    }

    /// Every request so far: `POST /v1/contents?…`, bodies left out.
    package var requests: [RawRequest] { state.contents.withLock { $0.requests } }

    /// How many puts with a body came.
    package var puts: Int {
        requests.filter { $0.method == "POST" && $0.path == Routes.contents }.count
    }

    /// Keeps `bytes` under their SHA-1, or under `hash` whatever they are.
    @discardableResult
    package func keep(
        _ bytes: [UInt8], fileExtension: String = "", as hash: ContentHash? = nil
    ) throws -> ContentHash {
        let hash = try hash ?? Self.hash(bytes, .sha1)
        state.contents.withLock {
            $0.contents[hash] = Kept(
                bytes: bytes, fileExtension: fileExtension, mediaType: "a/b", copies: 2)
        }
        return hash
    }

    /// The bytes kept under `hash`.
    package func bytes(of hash: ContentHash) -> [UInt8]? {
        state.contents.withLock { $0.contents[hash]?.bytes }
    }

    /// The hashes of all that is kept.
    package var hashes: Set<ContentHash> {
        state.contents.withLock { Set($0.contents.keys) }
    }

    /// The hash of `bytes`.
    package static func hash(_ bytes: [UInt8], _ algorithm: HashAlgorithm) throws -> ContentHash {
        let hasher = try ContentHasher(algorithm)
        hasher.update(ByteBuffer(bytes: bytes))
        return try hasher.finish()
    }

    /// Stops it.
    package func stop() { server.stop() }

    private static func serve(
        _ head: RawRequest, _ connection: RawConnection, _ state: Shared
    ) {
        state.contents.withLock { $0.requests.append(head) }
        do {
            switch (head.method, head.path) {
            case ("GET", Routes.health): connection.reply(200, json: "{}")
            case ("GET", Routes.status): try answer(status(state), connection)
            case ("POST", Routes.exists): try exists(try body(head, connection), connection, state)
            case ("POST", Routes.contents): try put(head, connection, state)
            case ("POST", Routes.storeInit):
                let order = try JSON.decode(
                    StoreInitRequest.self, from: try body(head, connection))
                try answer(
                    StoreInitReply(
                        store: order.store ?? MemberName(parsing: "s1"), folder: order.folder,
                        volume: "v"),
                    connection)
            default: try other(head, connection, state)
            }
        } catch {
            fail(SFSError(wrapping: error), connection)
        }
    }

    private static func other(
        _ head: RawRequest, _ connection: RawConnection, _ state: Shared
    ) throws {
        let read = { try body(head, connection) }
        let answer =
            try state.accounts.answer(head, read) ?? state.purchases.answer(head, read)
            ?? state.plans.answer(head, read) ?? state.passes.answer(head, read)
            ?? state.members.answer(head, read) ?? state.care.answer(head, read)
        switch answer {
        case .body(let bytes):
            connection.reply(200, ["Content-Type": "application/json"], bytes)
        case .nothing: connection.reply(204)
        case nil: try content(head, connection, state)
        }
    }

    private static func content(
        _ head: RawRequest, _ connection: RawConnection, _ state: Shared
    ) throws {
        let parts = head.path.split(separator: "/")
        guard parts.count >= 3, parts[1] == "contents" else {
            throw SFSError(.notFound, "no route '\(head.path)'")
        }
        let hash = try ContentHash(parsing: parts[2])
        let isTopUp = parts.count == 4 && parts[3] == "replicas"
        let kept = try state.contents.withLock { state in
            if isTopUp, state.faults.forgetsOnTopUp { state.contents[hash] = nil }
            guard var kept = state.contents[hash] else {
                throw SFSError(.notFound, "'\(hash)' is not in the cluster")
            }
            if isTopUp, let copies = head.query("copies").flatMap({ Int($0) }) {
                kept.copies = max(kept.copies, copies)
                state.contents[hash] = kept
            }
            return kept
        }
        switch parts.count {
        case 3: send(kept, head, connection, state)
        case 4 where isTopUp: try answer(reply(hash, kept, isNew: false), connection)
        default: try answer(detail(hash, kept), connection)
        }
    }

    private static func send(
        _ kept: Kept, _ head: RawRequest, _ connection: RawConnection, _ state: Shared
    ) {
        var headers = ["Content-Type": kept.mediaType]
        var offsets = 0..<kept.bytes.count
        if let range = head.headers["range"] {
            guard let wanted = ByteRange(parsing: range.dropFirst("bytes=".count)),
                let part = wanted.offsets(in: Int64(kept.bytes.count))
            else { return fail(SFSError(.rangeNotSatisfiable, "no such range"), connection) }
            offsets = Int(part.lowerBound)..<Int(part.upperBound)
            headers["Content-Range"] =
                "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(kept.bytes.count)"
        }
        var bytes = Array(kept.bytes[offsets])
        headers["Content-Length"] = "\(bytes.count)"
        let cut = state.contents.withLock { state -> Int? in
            if state.faults.flipsFirstByte, !bytes.isEmpty { bytes[0] ^= 1 }
            return state.faults.cutsAfter.isEmpty ? nil : state.faults.cutsAfter.removeFirst()
        }
        let status = head.headers["range"] == nil ? 200 : 206
        if state.contents.withLock({ $0.faults.stallsReads }) {
            connection.reply(status, headers)
            return connection.waitForClose()
        }
        connection.reply(status, headers, Array(bytes.prefix(cut ?? bytes.count)))
        if cut != nil { connection.cut() }
    }

    private static func put(
        _ head: RawRequest, _ connection: RawConnection, _ state: Shared
    ) throws {
        if let refusal = state.contents.withLock({ $0.faults.refusal }) { throw refusal }
        let bytes = try body(head, connection)
        let algorithm = head.query("algorithm").flatMap { HashAlgorithm(rawValue: $0) } ?? .sha1
        let hash = try hash(bytes, algorithm)
        if let declared = head.query("hash"), declared != hash.hex {
            throw SFSError(.hashMismatch, "the bytes have the hash '\(hash)', not '\(declared)'")
        }
        let kept = Kept(
            bytes: bytes, fileExtension: head.query("extension") ?? "",
            mediaType: head.query("type")?.replacing("%2F", with: "/") ?? MediaType.unknown,
            copies: head.query("copies").flatMap { Int($0) } ?? 2)
        let isNew = state.contents.withLock { $0.contents.updateValue(kept, forKey: hash) == nil }
        try answer(reply(hash, kept, isNew: isNew), connection)
    }

    private static func exists(
        _ body: [UInt8], _ connection: RawConnection, _ state: Shared
    ) throws {
        let request = try JSON.decode(ExistsRequest.self, from: body)
        let entries = state.contents.withLock { state in
            request.hashes.map { hash in
                let kept = state.contents[hash]
                return ExistsReply.Entry(
                    hash: hash, exists: kept != nil, copies: kept?.copies ?? 0,
                    size: Int64(kept?.bytes.count ?? 0))
            }
        }
        try answer(ExistsReply(contents: entries), connection)
    }

    private static func reply(
        _ hash: ContentHash, _ kept: Kept, isNew: Bool?
    ) throws -> ContentReply {
        ContentReply(
            hash: hash, size: Int64(kept.bytes.count), desiredCopies: kept.copies,
            map: try (0..<kept.copies).map { try MemberName(parsing: "s\($0)") },
            mimeType: kept.mediaType, mimeExtension: kept.fileExtension,
            createdAt: Timestamp(milliseconds: 0), isNew: isNew)
    }

    private static func detail(_ hash: ContentHash, _ kept: Kept) throws -> ContentDetail {
        let content = try reply(hash, kept, isNew: nil)
        let zone = try MemberName(parsing: "z1")
        return ContentDetail(
            content: content,
            replicas: content.map.map {
                ContentDetail.Replica(store: $0, zone: zone, host: zone, online: true)
            })
    }

    private static func status(_ state: Shared) throws -> StatusReply {
        let problems = state.contents.withLock { $0.faults.problems }
        let name = try MemberName(parsing: "demo")
        return StatusReply(
            cluster: name, version: Version.text, contents: 1, bytes: 2048, contentsAtRisk: 0,
            contentsOutOfReach: 0,
            tasks: TaskTotals(waiting: 3, running: 1, paused: 0, failed: 2, bytes: 4096),
            repair: RepairState(
                contentsLeft: 2, bytesLeft: 4096, bytesPerSecond: 1024,
                deadline: Timestamp(milliseconds: 0)),
            prisms: [StatusReply.Prism(name: name, zone: name, online: true, url: nil)],
            stores: [
                StatusReply.Store(
                    name: name, zone: name, host: name, roles: [.active, .read, .write],
                    online: problems.isEmpty, freeBytes: 75, totalBytes: 100, problem: nil)
            ], problems: problems)
    }

    private static func body(_ head: RawRequest, _ connection: RawConnection) throws -> [UInt8] {
        guard let body = connection.body(of: head) else {
            throw SFSError(.protocol, "the client went away")
        }
        return body
    }

    private static func answer(
        _ message: some Encodable, _ connection: RawConnection
    ) throws {
        connection.reply(200, ["Content-Type": "application/json"], try JSON.encode(message))
    }

    private static func fail(_ error: SFSError, _ connection: RawConnection) {
        // A reply without a body is still one with the right status.
        let body = (try? JSON.encode(ErrorMessage(error))) ?? []
        connection.reply(error.code.httpStatus, ["Connection": "close"], body)
        connection.cut()
    }
}
