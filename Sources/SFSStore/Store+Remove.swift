import Logging
import SFSCatalog
package import SFSCore
import SFSFiles
import SFSVolume
import SFSWire

extension Store {
    /// Gives this store's replica of `hash` up: into the trash, once enough other stores have
    /// verified theirs just now (promises.md "Removal of one replica").
    ///
    /// Does nothing when the cluster does not know the content, or this store has nothing of it.
    /// A crash on the way leaves at worst a file that nobody counts, never a count without a file.
    ///
    /// - Throws: `SFSError` with code `.conflict` when fewer than `minCopies` others proved that
    ///   they hold it.
    package func remove(_ hash: ContentHash, actor: String) async throws {
        let service = try service()
        guard let content = try await catalog.content(hash) else { return }
        let isHere = try await onDisk { try service.volume.holds(hash) }
        guard isHere || content.stores.contains(service.number) else { return }
        let proven = try await prove(content, without: service.number)
        let generation = content.attributes.generation
        // Between the row and the file nobody may find the file here and count on it.
        let isMoved = try await replicas.withLock(on: hash) {
            let removal = try await catalog.beginRemoval(
                of: hash, generation: generation, from: service.number, proven: proven,
                minimum: copiesLeftMinimum, actor: actor,
                reason: "verified just now by stores "
                    + proven.map { "\($0)" }.joined(separator: ", "))
            // Not counted here and proven elsewhere: what lies here is one too many.
            guard removal != .refused else { throw tooFew(hash, proven.count) }
            return try await onDisk {
                try service.volume.moveToTrash(hash, generation: generation, on: .now())
            }
        }
        logger.notice(
            "a replica was removed",
            metadata: ["hash": "\(hash)", "actor": "\(actor)", "moved": "\(isMoved)"])
    }

    private var copiesLeftMinimum: Int { max(1, settings.minCopies) }

    /// Stores other than `own` that read all bytes of `content` just now and found them good;
    /// as many as have to be left.
    ///
    /// - Throws: `SFSError` with code `.conflict` when there are fewer.
    private func prove(
        _ content: ContentRecord, without own: StoreNumber
    ) async throws -> [StoreNumber] {
        let names = Dictionary(
            try await catalog.stores().map { ($0.facts.number, $0.facts.name) }
        ) { $1 }
        var asked = content.stores.filter { $0 != own }[...]
        let wanted = copiesLeftMinimum
        guard asked.count >= wanted else { throw tooFew(content.hash, asked.count) }
        let proven = await withTaskGroup(of: StoreNumber?.self) { group in
            func askNext() {
                guard let number = asked.popFirst() else { return }
                group.addTask { [self] in
                    await hasProof(of: content, names[number]) ? number : nil
                }
            }
            var proven: [StoreNumber] = []
            for _ in 0..<wanted { askNext() }
            for await number in group {
                if let number { proven.append(number) } else { askNext() }
            }
            return proven
        }
        guard proven.count >= wanted else { throw tooFew(content.hash, proven.count) }
        return proven
    }

    private func hasProof(of content: ContentRecord, _ name: MemberName?) async -> Bool {
        guard let name else { return false }
        do {
            return try await withTimeLimit(settings.proofTimeout, "store '\(name)'") { [self] in
                guard let peer = try await peers(name) else { return false }
                return try await peer.verify(content.hash).size == content.size
            }
        } catch {
            logger.warning(
                "a store gave no proof", metadata: ["store": "\(name)", "error": "\(error)"])
            return false
        }
    }

    private func tooFew(_ hash: ContentHash, _ count: Int) -> SFSError {
        SFSError(
            .conflict,
            "cannot remove '\(hash)' from store '\(settings.name)': \(count) other stores have "
                + "it for sure, \(copiesLeftMinimum) must; make more copies first")
    }
}
