import NIOCore
import SFSCore
import SFSFiles
import SFSWire

extension Prism {
    /// Takes a content in that is small enough to be held in memory: all of it is read and hashed
    /// first, and each store gets it in one call.
    ///
    /// Stores of this process sum what they write and compare (see `HashedBytes`), others hash it;
    /// nothing is answered before they and the catalog have it. What is saved are the streams to
    /// the stores, and the waits for disks that contents which arrive together share.
    func putSmall(
        _ request: PutRequest, want: Int, body: ByteStream, _ share: MemoryBudget.Share
    ) async throws -> ContentReply {
        let bytes = try await Self.collect(body, of: request.length ?? 0)
        let hasher = try ContentHasher(request.algorithm)
        hasher.update(bytes)
        let hash = try hasher.finish()
        let sum = bytes.withUnsafeReadableBytes { CRC32C.sum(of: $0) }
        let content = HashedBytes(bytes: bytes, hash: hash, sum: sum)
        if let declared = request.declared, declared != hash {
            throw SFSError(.hashMismatch, "the bytes received are '\(hash)', not '\(declared)'")
        }
        let received = ReceivedBytes(hash: hash, size: Int64(bytes.readableBytes))
        // All bytes are here: from now on the client may leave, the work is brought to its end.
        return try await work.finish { [self] in
            // The bytes are held as long as this runs, also when the client has left.
            defer { withExtendedLifetime(share) {} }
            return try await puts.withLock(on: hash) {
                try await complete(request, want: want, received) { replicas, attributes in
                    try await give(content, attributes, want: want, into: &replicas)
                }
            }
        }
    }

    /// All of `body`, which has `length` bytes.
    private static func collect(
        _ body: ByteStream, of length: Int64
    ) async throws -> ByteBuffer {
        var whole = ByteBuffer()
        for try await var chunk in body {
            guard Int64(whole.readableBytes + chunk.readableBytes) <= length else {
                throw SFSError(.protocol, "more than the announced \(length) bytes came")
            }
            if whole.readableBytes == 0, Int64(chunk.readableBytes) == length {
                whole = chunk
            } else {
                if whole.readableBytes == 0 { whole.reserveCapacity(Int(length)) }
                whole.writeBuffer(&chunk)
            }
        }
        guard Int64(whole.readableBytes) == length else {
            throw SFSError(
                .protocol,
                "the body has \(whole.readableBytes) bytes, \(length) were announced")
        }
        return whole
    }

    /// Gives `content` to as many stores as are missing, all at once.
    private func give(
        _ content: HashedBytes, _ attributes: ContentAttributes, want: Int,
        into replicas: inout ReplicaSet
    ) async throws {
        let chosen = try Placement.choose(
            want - replicas.good.count, size: Int64(content.bytes.readableBytes),
            among: fleet.members.map(\.facts),
            holding: Set(replicas.good.map(\.facts.number)), excluded: replicas.failed)
        await write(to: chosen.compactMap { fleet.member($0.number) }, into: &replicas) { member in
            try await member.transport.take(content, attributes)
        }
    }

    private enum Ended: Sendable {
        case store(Fleet.Member, (any Error)?)
        case timeUp
    }

    /// Has every store of `members` do `body`, all at once and within the time that a store has,
    /// and notes which of them have a good replica then, and which failed.
    func write(
        to members: [Fleet.Member], into replicas: inout ReplicaSet,
        _ body: @escaping @Sendable (Fleet.Member) async throws -> Void
    ) async {
        let limit = settings.storeTimeout
        let ended = await withTaskGroup(of: Ended.self) { group in
            for member in members {
                group.addTask {
                    do {
                        try await body(member)
                        return .store(member, nil)
                    } catch {
                        return .store(member, error)
                    }
                }
            }
            group.addTask {
                // Cancelled when all have ended, and then nobody looks at it.
                try? await Task.sleep(for: limit)
                return .timeUp
            }
            var ended: [(member: Fleet.Member, error: (any Error)?)] = []
            while ended.count < members.count,
                case .store(let member, let error)? = await group.next()
            {
                ended.append((member, error))
            }
            group.cancelAll()
            return ended
        }
        for member in members {
            let number = member.facts.number
            let known = ended.first { $0.member.facts.number == number }
            let late = SFSError(
                .timeout, "store '\(member.facts.name)' did not answer within \(limit)")
            if let error = known == nil ? late : known?.error {
                note(error, on: member)
                replicas.failed.insert(number)
            } else if !replicas.good.contains(where: { $0.facts.number == number }) {
                replicas.good.append(member)
            }
        }
    }
}
