import NIOCore
package import SFSCore
package import SFSWire

/// A store on the other end of an HTTP connection.
package struct StoreClient: StoreTransport {
    private let transport: HTTPTransport

    /// Talks over `transport`, which whoever made it shuts down.
    package init(_ transport: HTTPTransport) {
        self.transport = transport
    }

    package func health() async throws -> StoreHealth {
        let transport = transport
        return try await withTimeLimit(
            transport.limits.healthTimeout, "sfsd at '\(transport.address)'"
        ) {
            try await transport.send(
                HTTPRequestParts(.get, Routes.storeHealth), for: StoreHealth.self)
        }
    }

    package func receive(
        _ upload: UploadID, algorithm: HashAlgorithm, length: Int64?, body: ByteStream
    ) async throws -> ReceivedBytes {
        let request = HTTPRequestParts(
            .put, Routes.upload(upload), query: [("algorithm", algorithm.rawValue)])
        let received = try await transport.send(
            request.with(stream: body, length: length), for: ReceivedBytes.self)
        guard received.hash.algorithm == algorithm, length.map({ $0 == received.size }) ?? true
        else { throw transport.failure.senseless("facts of other bytes than it was given") }
        return received
    }

    package func commit(
        _ upload: UploadID, as hash: ContentHash, _ attributes: ContentAttributes
    ) async throws {
        let order = CommitOrder(hash: hash, attributes: attributes)
        let request = try HTTPRequestParts(.post, Routes.commit(upload)).with(json: order)
        try await transport.order(request)
    }

    package func discard(_ upload: UploadID) async {
        do {
            try await transport.order(HTTPRequestParts(.delete, Routes.upload(upload)))
        } catch {
            // The store sweeps its spool by itself; this call only makes it sooner.
        }
    }

    package func find(_ hash: ContentHash) async throws -> ReplicaFacts? {
        do {
            return try await transport.send(
                HTTPRequestParts(.get, Routes.replicaFacts(hash)), for: ReplicaFacts.self)
        } catch let error as SFSError where error.code == .notFound {
            return nil
        }
    }

    package func read(_ hash: ContentHash, offsets: Range<Int64>?) async throws -> ReplicaBody {
        // HTTP has no range of no bytes.
        if let offsets, offsets.isEmpty { return try await readNothing(hash, at: offsets) }
        let range = offsets.map { ByteRange.from(first: $0.lowerBound, last: $0.upperBound - 1) }
        let body = try await transport.read(Routes.replica(hash), range: range)
        guard offsets == nil || body.offsets == offsets else {
            throw SFSError(
                .rangeNotSatisfiable, "'\(hash)' has only \(body.size) bytes at this store")
        }
        return ReplicaBody(size: body.size, offsets: body.offsets, bytes: body.bytes)
    }

    package func verify(_ hash: ContentHash) async throws -> VerifiedReplica {
        let request = HTTPRequestParts(.post, Routes.verifyReplica(hash))
            .with(patience: transport.limits.verifyTimeout)
        return try await transport.send(request, for: VerifiedReplica.self)
    }

    package func prove(_ hash: ContentHash) async throws -> VerifiedReplica {
        let request = HTTPRequestParts(.post, Routes.proveReplica(hash))
            .with(patience: transport.limits.verifyTimeout)
        return try await transport.send(request, for: VerifiedReplica.self)
    }

    package func prune(_ order: StorePruneOrder) async throws -> [PruneReply.Entry] {
        let request = try HTTPRequestParts(.post, Routes.storePrune).with(json: order)
            .with(patience: transport.limits.verifyTimeout)
        return try await transport.send(request, for: PruneReply.self).entries
    }

    private func readNothing(
        _ hash: ContentHash, at offsets: Range<Int64>
    ) async throws -> ReplicaBody {
        guard let facts = try await find(hash) else {
            throw SFSError(.notFound, "'\(hash)' is not at this store")
        }
        guard offsets.upperBound <= facts.size else {
            throw SFSError(
                .rangeNotSatisfiable, "'\(hash)' has only \(facts.size) bytes at this store")
        }
        return ReplicaBody(size: facts.size, offsets: offsets, bytes: ByteStream(ByteBuffer()))
    }
}
