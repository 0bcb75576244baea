package import SFSCore
import SFSCatalog
package import SFSWire

extension Prism {
    /// Takes a content in: streams `body` to stores, makes it durable on `want` of them, records
    /// it, and only then answers (design.md §6, promises.md "Put").
    ///
    /// - Throws: `SFSError`: `.hashMismatch` when the bytes are not the declared hash, `.noSpace`
    ///   or `.unavailable` when too few stores took them, what reading `body` throws. Nothing that
    ///   was there before is touched, and no spool file is left.
    package func put(_ request: PutRequest, body: ByteStream) async throws -> ContentReply {
        let want = try copies(request.copies)
        if let length = request.length, length <= settings.smallBytes,
            let share = services.smallContents.take(Int(length))
        {
            return try await putSmall(request, want: want, body: body, share)
        }
        let targets = try await targets(for: request, want: want)
        let fanOut = FanOut(
            algorithm: request.algorithm, length: request.length,
            windowBytes: settings.windowBytes, stallLimit: settings.storeTimeout)
        let outcome = try await fanOut.send(body, to: targets)
        for (target, error) in outcome.failed { note(error, on: target.member) }
        // All bytes are here: from now on the client may leave, the work is brought to its end.
        return try await work.finish { [self] in
            try await settle(request, want: want, outcome)
        }
    }

    /// How many replicas a put shall have.
    func copies(_ asked: Int?) throws(SFSError) -> Int {
        let want = asked ?? settings.copies
        guard (settings.copies...PrismSettings.copiesMaximum).contains(want) else {
            throw SFSError(
                .usage,
                "'\(want)' copies are not possible here; ask for \(settings.copies) to "
                    + "\(PrismSettings.copiesMaximum)")
        }
        return want
    }

    /// The stores that will take the body: none when the declared content is there already, in
    /// which case the body is only hashed, to be sure that it is what it says.
    private func targets(
        for request: PutRequest, want: Int
    ) async throws -> [FanOut.Target] {
        var holding: Set<StoreNumber> = []
        // A body that could not be recorded at its end is refused before it is sent.
        if request.declared == nil, services.isCatalogAway { try await catalog.ping() }
        if let declared = request.declared, let known = try await catalog.content(declared) {
            holding = Set(await survey(known).good.map(\.facts.number))
        }
        let members = fleet.members
        let chosen = try Placement.choose(
            max(0, want - holding.count), size: request.length ?? 0,
            among: members.map(\.facts), holding: holding)
        return chosen.compactMap { facts in
            fleet.member(facts.number).map { FanOut.Target(member: $0, upload: .random()) }
        }
    }

    /// Decides what becomes of received bytes.
    private func settle(
        _ request: PutRequest, want: Int, _ outcome: FanOut.Outcome
    ) async throws -> ContentReply {
        let hash = outcome.received.hash
        if let declared = request.declared, declared != hash {
            await discard(outcome.arrived)
            throw SFSError(.hashMismatch, "the bytes received are '\(hash)', not '\(declared)'")
        }
        return try await puts.withLock(on: hash) {
            var left = outcome.arrived
            do {
                let reply = try await complete(request, want: want, outcome.received) {
                    replicas, attributes in
                    left = []
                    replicas.failed.formUnion(outcome.failed.map(\.target.member.facts.number))
                    await commit(outcome.arrived, as: hash, attributes, into: &replicas)
                }
                await discard(left)
                return reply
            } catch {
                await discard(outcome.arrived)
                throw error
            }
        }
    }

    /// Brings received bytes to `want` replicas and records them.
    ///
    /// `write` puts them on stores, when what is there already does not suffice; gaps that it
    /// leaves are filled from the replicas that it made.
    func complete(
        _ request: PutRequest, want: Int, _ received: ReceivedBytes,
        write: (inout ReplicaSet, ContentAttributes) async throws -> Void
    ) async throws -> ContentReply {
        defer { forgetContent(received.hash) }
        let known = try await catalog.lookup(received.hash)
        var replicas = ReplicaSet()
        if let content = known.content { replicas = await survey(content) }
        if replicas.good.count >= want, let content = known.content, content.want >= want,
            replicas.missing.isEmpty, !content.isDamaged
        {
            return reply(content, isNew: false)
        }
        let attributes =
            known.content?.attributes
            ?? ContentAttributes(
                fileExtension: request.fileExtension, mediaType: request.mediaType,
                created: known.now, generation: known.generation)
        if replicas.good.count < want { try await write(&replicas, attributes) }
        let content = KnownContent(
            hash: received.hash, size: received.size, attributes: attributes, since: known.now)
        try await fill(&replicas, up: want, with: content)
        let recorded = try await count(content, want: want, on: replicas)
        return reply(recorded.content, isNew: recorded.isNew)
    }

    /// Records the replicas; those that were taken off at the same moment, bad ones that were
    /// healed just now for example, are looked at again.
    func count(
        _ content: KnownContent, want: Int, on replicas: ReplicaSet
    ) async throws -> RecordedContent {
        do {
            return try await record(content, want: want, on: replicas)
        } catch let error as SFSError where error.code == .conflict {
            // The catalog's marks are finer than our clock: a moment later none looks newer.
            try await Task.sleep(for: .milliseconds(2))
            let asked = try await catalog.lookup(content.hash)
            let stores = Set(asked.content?.stores ?? []).union(replicas.good.map(\.facts.number))
            var seen = await survey(
                ContentRecord(
                    hash: content.hash, size: content.size, attributes: content.attributes,
                    want: want, stores: stores.sorted()))
            seen.failed.formUnion(replicas.failed)
            guard !seen.good.isEmpty else { throw error }
            let again = KnownContent(
                hash: content.hash, size: content.size, attributes: content.attributes,
                since: asked.now)
            try await fill(&seen, up: want, with: again)
            return try await record(again, want: want, on: seen)
        }
    }

    /// Tells every store of `targets` to make its bytes the content `hash`, all at once.
    private func commit(
        _ targets: [FanOut.Target], as hash: ContentHash, _ attributes: ContentAttributes,
        into replicas: inout ReplicaSet
    ) async {
        let uploads = Dictionary(
            targets.map { ($0.member.facts.number, $0.upload) }, uniquingKeysWith: { $1 })
        await write(to: targets.map(\.member), into: &replicas) { member in
            guard let upload = uploads[member.facts.number] else { return }
            try await member.transport.commit(upload, as: hash, attributes)
        }
    }

    private func discard(_ targets: [FanOut.Target]) async {
        await withTaskGroup { group in
            for target in targets {
                group.addTask { await target.member.transport.discard(target.upload) }
            }
        }
    }
}
