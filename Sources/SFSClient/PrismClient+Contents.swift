package import SFSCore
package import SFSWire

/// What a client may say of a content that it puts; what is `nil` the prism decides.
package struct PutOptions: Sendable, Hashable {
    /// The algorithm of the hash that names it.
    package var algorithm: HashAlgorithm?
    /// What the bytes must hash to; bytes that do not are refused with `.hashMismatch`.
    package var hash: ContentHash?
    /// How many stores shall hold it.
    package var copies: Int?
    /// Extension without its dot.
    package var fileExtension: String?
    package var mediaType: String?

    package init(
        algorithm: HashAlgorithm? = nil, hash: ContentHash? = nil, copies: Int? = nil,
        fileExtension: String? = nil, mediaType: String? = nil
    ) {
        self.algorithm = algorithm
        self.hash = hash
        self.copies = copies
        self.fileExtension = fileExtension
        self.mediaType = mediaType
    }

    fileprivate var query: [(name: String, value: String?)] {
        [
            ("algorithm", algorithm?.rawValue), ("hash", hash?.hex),
            ("copies", copies.map(String.init)), ("extension", fileExtension),
            ("type", mediaType),
        ]
    }
}

extension PrismClient {
    /// Streams `body` into the cluster; returns when it is durable on as many stores as it should.
    ///
    /// `length` in bytes, `nil` = not known beforehand; a body of another length is refused.
    package func put(
        _ body: ByteStream, length: Int64?, _ options: PutOptions = PutOptions()
    ) async throws -> ContentReply {
        let request = HTTPRequestParts(.post, Routes.contents, query: options.query)
        return try await transport.send(
            request.with(stream: body, length: length), for: ContentReply.self)
    }

    /// Has the missing replicas of `hash` made from those that are there; `copies` as in a put.
    ///
    /// - Throws: `SFSError` with code `.notFound` when the cluster does not have it.
    package func topUp(_ hash: ContentHash, copies: Int?) async throws -> ContentReply {
        let request = HTTPRequestParts(
            .post, Routes.topUp(hash), query: [("copies", copies.map(String.init))]
        ).with(patience: transport.limits.stallTimeout)
        return try await transport.send(request, for: ContentReply.self)
    }

    /// What is known of each of `hashes`, in their order.
    ///
    /// - Throws: `SFSError` with code `.tooLarge` for more than
    ///   `ExistsRequest.contentsPerRequestMaximum`.
    package func exists(_ hashes: [ContentHash]) async throws -> [ExistsReply.Entry] {
        guard hashes.count <= ExistsRequest.contentsPerRequestMaximum else {
            throw SFSError(.tooLarge, "\(hashes.count) hashes are too many for one request")
        }
        guard !hashes.isEmpty else { return [] }
        let request = try HTTPRequestParts(.post, Routes.exists).with(
            json: ExistsRequest(hashes: hashes))
        let reply = try await transport.send(request, for: ExistsReply.self)
        guard reply.contents.map(\.hash) == hashes else {
            throw transport.failure.senseless("an answer to another question")
        }
        return reply.contents
    }

    /// Size, type and where.
    ///
    /// - Throws: `SFSError` with code `.notFound`.
    package func detail(_ hash: ContentHash) async throws -> ContentDetail {
        try await transport.send(
            HTTPRequestParts(.get, Routes.detail(hash)), for: ContentDetail.self)
    }

    /// The bytes of `hash`, all or `range` of them.
    ///
    /// The prism goes on with another replica when one fails; when none is left the stream throws.
    /// Nothing here checks the bytes against the hash: `FileDownload` does.
    ///
    /// - Throws: `SFSError` with code `.notFound`, or `.rangeNotSatisfiable`.
    package func get(_ hash: ContentHash, range: ByteRange? = nil) async throws -> ContentBody {
        try await transport.read(Routes.content(hash), range: range)
    }
}
