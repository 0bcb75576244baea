import NIOCore
import SFSCore
import SFSHTTP
import SFSStore
import SFSWire

/// What a store sends to viewers by the quick path: the same routes as `StoreDelivery`, and the same
/// answers, to requests that want nothing special.
struct PreparedDelivery: Sendable {
    let store: Store

    /// What is sent in answer to the target of `request`; `nil` when it is no file of this store, or
    /// its bytes are checked each time.
    ///
    /// - Throws: what opening the replica throws.
    func prepare(_ request: HTTPRequest) async throws -> PreparedReply? {
        let segments = request.segments
        guard segments.count == 3, Self.isName(segments[2]) else { return nil }
        switch segments[0] {
        case "static":
            guard let hash = try? ContentHash(parsing: segments[1]) else { return nil }
            return try await give(hash, request)
        case "play":
            guard let token = PurchaseToken(parsing: segments[1]),
                let grant = try request.queryValue("grant"),
                let ticket = try store.ticket(token: token, grant: grant)
            else { return nil }
            return try await play(ticket, request)
        default: return nil
        }
    }

    /// Whether the router takes `segment` for the name of a file.
    private static func isName(_ segment: Substring) -> Bool {
        guard let name = try? PercentEncoding.decode(segment) else { return false }
        return name != "." && name != ".." && !name.contains("/") && !name.contains("\0")
    }

    private func give(_ hash: ContentHash, _ request: HTTPRequest) async throws -> PreparedReply? {
        guard let replica = try await store.serve(hash) else { return nil }
        return PreparedReply(
            bytes: ServedBytes(store: store, replica: replica),
            fields: try fields(of: replica, .everywhere, request),
            admit: { _ in .admitted(privately: nil) },
            count: { [store] client, answers, bytes in
                store.count(
                    bytes, in: answers, of: hash, for: nil, address: client.address,
                    agent: client.agent)
            })
    }

    private func play(_ ticket: PlayTicket, _ request: HTTPRequest) async throws -> PreparedReply? {
        let hash = ticket.hash
        guard let replica = try await store.serve(hash) else { return nil }
        return PreparedReply(
            bytes: ServedBytes(store: store, replica: replica),
            fields: try fields(of: replica, .privately(seconds: 0), request),
            admit: { client in
                ticket.secondsLeft(referer: client.referer, address: client.address)
                    .map { .admitted(privately: min($0, ByteReply.yearInSeconds)) } ?? .refused
            },
            count: { [store] client, answers, bytes in
                store.count(
                    bytes, in: answers, of: hash, for: ticket.token, address: client.address,
                    agent: client.agent)
            })
    }

    private func fields(
        of replica: ServedReplica, _ caching: ByteReply.Caching, _ request: HTTPRequest
    ) throws -> HeaderFields {
        var fields = try ByteReply(
            hash: replica.hash, size: replica.size,
            mediaType: replica.attributes?.mediaType ?? MediaType.unknown,
            created: replica.attributes?.created, caching: caching
        ).preparedFields(request)
        for (name, value) in Route.sharing { fields.add(name, value) }
        return fields
    }
}

/// The bytes of a replica of this store.
private struct ServedBytes: PreparedBytes {
    let store: Store
    let replica: ServedReplica
    let source: PreparedSource

    init(store: Store, replica: ServedReplica) {
        self.store = store
        self.replica = replica
        source =
            switch replica.source {
            case .memory(let buffer): .memory(buffer)
            case .file(let file):
                .file(FileSlice(sharing: file.number, of: file, offset: 0, count: replica.size))
            }
    }

    var size: Int64 { replica.size }
    var isCurrent: Bool { replica.isCurrent }

    func isChecked(_ range: Range<Int64>) -> Bool { replica.isChecked(range) }

    func check(_ range: Range<Int64>) async throws { try await store.check(replica, range) }

    func rest(_ range: Range<Int64>) async throws -> ByteStream {
        try await store.readElsewhere(replica.hash, offsets: range)
    }
}
