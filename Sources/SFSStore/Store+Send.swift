import SFSCatalog
package import SFSCore
import SFSVolume
import SFSWire

/// A replica that another store has got.
package struct SentReplica: Sendable, Hashable {
    /// Who has it now.
    package var store: MemberName
    /// Bytes.
    package var size: Int64
    /// Whether it had it already.
    package var wasThere: Bool
}

extension Store {
    /// Makes one more replica on the store `name`, of this store's, which is verified first.
    ///
    /// The catalog counts it when this returns.
    ///
    /// - Throws: `SFSError` with code `.notFound` when nobody is called `name`, or this store does
    ///   not hold `hash`; `.corrupt` when its replica is bad; `.conflict` when the content was
    ///   deleted.
    package func send(_ hash: ContentHash, to name: MemberName) async throws -> SentReplica {
        guard let number = try await catalog.store(named: name)?.facts.number,
            let target = try await reach(name)
        else { throw SFSError(.notFound, "store '\(name)' is not known here") }
        let verified = try await verify(hash)
        let before = try await attributes(of: hash)
        let wasThere = await holds(target, hash, verified.size, before.0.generation)
        // A bad one there may have been taken off just now.
        let (attributes, want, since) =
            wasThere ? before : try await self.attributes(of: hash)
        if !wasThere {
            let upload = UploadID.random()
            let source = try await read(hash, offsets: nil)
            let received = try await target.receive(
                upload, algorithm: hash.algorithm, length: source.size, body: source.bytes)
            guard received.hash == hash else {
                await target.discard(upload)
                throw SFSError(.corrupt, "store '\(name)' received other bytes than '\(hash)'")
            }
            try await withTimeLimit(settings.proofTimeout, "store '\(name)'") {
                try await target.commit(upload, as: hash, attributes)
            }
        }
        _ = try await catalog.record(
            NewContent(
                hash: hash, size: verified.size, attributes: attributes, want: want,
                stores: [number], since: since))
        return SentReplica(store: name, size: verified.size, wasThere: wasThere)
    }

    private func reach(_ name: MemberName) async throws -> (any StoreTransport)? {
        name == settings.name ? self : try await peers(name)
    }

    /// What a new replica of `hash` carries, how many there should be, and the catalog's time.
    ///
    /// - Throws: `SFSError` with code `.conflict` when this store's file is of a generation that
    ///   was deleted.
    private func attributes(of hash: ContentHash) async throws
        -> (ContentAttributes, Int, Timestamp)
    {
        let known = try await catalog.lookup(hash)
        let mine = try await find(hash)?.attributes
        let attributes =
            known.content?.attributes ?? mine
            ?? ContentAttributes(
                fileExtension: "", mediaType: MediaType.unknown, created: known.now,
                generation: known.generation)
        guard (mine ?? attributes).generation == known.generation else {
            throw SFSError(.conflict, "'\(hash)' was deleted; put it again")
        }
        return (attributes, known.content?.want ?? max(1, settings.minCopies), known.now)
    }

    /// Whether `target` has all of `hash` good on its disk.
    private func holds(
        _ target: any StoreTransport, _ hash: ContentHash, _ size: Int64, _ generation: Int32
    ) async -> Bool {
        do {
            // A file of a generation that was deleted may be on its way into the trash.
            guard let found = try await target.find(hash), found.size == size,
                found.attributes?.generation == generation
            else { return false }
            return try await target.prove(hash).size == size
        } catch {
            // What it has is no replica; sending it the bytes heals it, or tells what is wrong.
            return false
        }
    }
}
