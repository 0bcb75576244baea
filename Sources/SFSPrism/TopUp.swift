import Logging
import SFSCatalog
package import SFSCore
package import SFSWire

/// What a replica needs to be made of another.
struct KnownContent: Sendable {
    let hash: ContentHash
    let size: Int64
    let attributes: ContentAttributes
    /// When the catalog was asked, by its clock, before any store was.
    let since: Timestamp
}

/// Where a content is, while its replicas are being made.
struct ReplicaSet: Sendable {
    /// Stores that have it good and durable.
    var good: [Fleet.Member] = []
    /// Stores that failed just now and are not asked again.
    var failed: Set<StoreNumber> = []
    /// Stores that the catalog names and that say, being up, that they do not have it, or not good.
    var missing: [StoreNumber] = []
}

extension Prism {
    /// Makes sure that a known content has its copies, without being sent a byte of it: what is
    /// missing is made from a replica that is there.
    ///
    /// - Throws: `SFSError` with code `.notFound` when the content is unknown or no store that is
    ///   up has it; `.noSpace` or `.unavailable` when too few stores can take one.
    package func topUp(_ hash: ContentHash, copies asked: Int?) async throws -> ContentReply {
        let want = try copies(asked)
        return try await work.finish { [self] in
            try await puts.withLock(on: hash) {
                defer { forgetContent(hash) }
                let asked = try await catalog.lookup(hash)
                guard let known = asked.content else {
                    throw SFSError(.notFound, "'\(hash)' is not known here")
                }
                var replicas = await survey(known)
                guard !replicas.good.isEmpty else {
                    throw SFSError(.notFound, "no store that is up has '\(hash)'")
                }
                if replicas.good.count >= want, known.want >= want, !known.isDamaged {
                    return reply(known)
                }
                let content = KnownContent(
                    hash: hash, size: known.size, attributes: known.attributes, since: asked.now)
                try await fill(&replicas, up: want, with: content)
                return reply(try await count(content, want: want, on: replicas).content)
            }
        }
    }

    /// Bytes a second at which even a slow disk proves a replica.
    private static let proofRate: Int64 = 50_000_000

    /// Has the stores that the catalog names for `content` prove that they hold it good (promise
    /// C2).
    func survey(_ content: ContentRecord) async -> ReplicaSet {
        let limit = settings.readTimeout + .seconds(content.size / Self.proofRate)
        let asked = content.stores.compactMap { fleet.member($0) }
            .filter { $0.facts.roles.isSuperset(of: [.active, .online, .read]) }
        return await withTaskGroup(of: (Fleet.Member, Bool?).self) { group in
            for member in asked {
                group.addTask { [self] in
                    do {
                        let proof = try await withTimeLimit(limit, "a store") {
                            try await member.transport.prove(content.hash)
                        }
                        return (member, proof.size == content.size)
                    } catch let error as SFSError where [.notFound, .corrupt].contains(error.code) {
                        return (member, false)
                    } catch {
                        note(error, on: member)
                        return (member, nil)
                    }
                }
            }
            return await group.reduce(into: ReplicaSet()) { replicas, answer in
                switch answer {
                case (let member, true?): replicas.good.append(member)
                case (let member, false?): replicas.missing.append(member.facts.number)
                case (let member, nil): replicas.failed.insert(member.facts.number)
                }
            }
        }
    }

    /// Copies the content to more stores until `want` have it.
    ///
    /// - Throws: `SFSError` when there are too few stores left; the replicas made so far stay on
    ///   their disks, to be adopted by a later put or inventory (promises.md "Put").
    func fill(_ replicas: inout ReplicaSet, up want: Int, with content: KnownContent) async throws {
        while replicas.good.count < want {
            guard !replicas.good.isEmpty else {
                throw SFSError(.unavailable, "every store that took '\(content.hash)' failed")
            }
            let chosen = try Placement.choose(
                1, size: content.size, among: fleet.members.map(\.facts),
                holding: Set(replicas.good.map(\.facts.number)), excluded: replicas.failed)
            guard let number = chosen.first?.number, let member = fleet.member(number) else {
                throw SFSError(.unavailable, "one more store needed that can take a replica now")
            }
            do {
                try await copy(content, from: replicas.good, to: member)
                replicas.good.append(member)
            } catch {
                note(error, on: member)
                replicas.failed.insert(number)
            }
        }
    }

    /// Records where the content is now, in one transaction; then takes stores that turned out not
    /// to hold it off the record.
    func record(
        _ content: KnownContent, want: Int, on replicas: ReplicaSet
    ) async throws -> RecordedContent {
        var recorded = try await catalog.record(
            NewContent(
                hash: content.hash, size: content.size, attributes: content.attributes,
                want: want, stores: replicas.good.map(\.facts.number), since: content.since))
        let good = Set(replicas.good.map(\.facts.number))
        let wrong = replicas.missing.filter { !good.contains($0) }
        if !wrong.isEmpty {
            try await catalog.removeReplicas(
                of: content.hash, on: wrong, actor: "prism \(settings.name)",
                reason: "the store says that it does not hold it, or not good")
            recorded.content.stores.removeAll { wrong.contains($0) }
        }
        return recorded
    }

    /// One more replica on `destination`, read from the first of `sources` that can give it.
    private func copy(
        _ content: KnownContent, from sources: [Fleet.Member], to destination: Fleet.Member
    ) async throws {
        let upload = UploadID.random()
        let body = ReplicaStream(
            hash: content.hash, offsets: 0..<content.size, sources: sources, prism: self)
        let target = FanOut.Target(member: destination, upload: upload)
        let fanOut = FanOut(
            algorithm: content.hash.algorithm, length: content.size,
            windowBytes: settings.windowBytes, stallLimit: settings.storeTimeout)
        let outcome = try await fanOut.send(ByteStream(body), to: [target])
        if let (_, error) = outcome.failed.first { throw error }
        let name = destination.facts.name
        try await withTimeLimit(settings.storeTimeout, "store '\(name)'") {
            try await destination.transport.commit(upload, as: content.hash, content.attributes)
        }
    }

    /// Writes a store's failure down, and leaves the store out for a while when it is the store
    /// that failed and not the request.
    func note(_ error: any Error, on member: Fleet.Member) {
        if error is CancellationError { return }
        let failure = SFSError(wrapping: error)
        switch failure.code {
        case .unavailable, .io, .timeout, .internal, .protocol: fleet.suspect(member.facts.number)
        default: break
        }
        logger.warning(
            "a store failed",
            metadata: ["store": "\(member.facts.name)", "error": "\(failure)"])
    }
}
