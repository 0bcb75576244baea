import Logging
import SFSCatalog
package import SFSCore
import SFSFiles
import SFSVolume
import SFSWire

// A replica goes in three steps (promises.md "Removal of one replica"): r1, the store is taken off
// the row, which only happens while enough others are counted that have just proven theirs; r2, the
// file is renamed into the trash; r3, the task is done. Why nothing is lost on the way:
//
// * Two stores that give up at once: each proves the others before, and r1 counts only those that
//   are proven and still on the row. It is one statement, so the second sees that the first is gone.
// * A put or clone finds the file between r1 and r2: r1 and r2 are under one lock, and whoever looks
//   for a file to have it counted looks under the same lock. He sees it before r1, and then the mark
//   that r1 leaves refuses the count, since his question to the catalog is older than the mark; or
//   after r2, and then it is not there. So r2 is brought to its end before the lock is given up,
//   even when who ordered it was cancelled.
// * A crash between r1 and r2: a good file that nobody counts. The task is claimed again and finds
//   its store off the row: with enough others it goes on with r2; with too few the replica is put
//   back on the row. Nothing that is off the row is trashed on an older proof.
// * A crash between r2 and r3: the file is in the trash, the row is right, and the task finds
//   nothing left to do. When others were lost meanwhile, repair makes new ones of those that are
//   left; the file in the trash is the last resort, for a person (`sfs-storage(7)`).
// * The task is taken away, by an operator or by the deletion of the content: r1 asks for its fence
//   in the same statement.
extension Store {
    /// Gives this store's replica of `hash` up: into the trash, once enough other stores have
    /// proven theirs (promises.md "Removal of one replica").
    ///
    /// Does nothing when the cluster does not know the content, or this store has nothing of it.
    /// A crash on the way leaves at worst a file that nobody counts, never a count without a file.
    ///
    /// - Throws: `SFSError` with code `.conflict` when fewer than `minCopies` others proved that
    ///   they hold it, or a rule keeps it here.
    package func remove(_ hash: ContentHash, actor: String) async throws {
        guard let content = try await catalog.content(hash) else { return }
        try await giveUp(content, actor: actor)
    }

    /// The same for a content as it was just now, and for `task` as long as that is ours.
    ///
    /// Where another holder that had proven its replica gives that up first, it begins anew with
    /// the holders that there are then: two that go at once must not wait for each other's retry.
    func giveUp(_ content: ContentRecord, for task: TaskRecord? = nil, actor: String) async throws {
        var content = content
        for _ in 0..<Self.changesMaximum {
            do {
                return try await giveUpOnce(content, for: task, actor: actor)
            } catch let error as SFSError where error.code == .conflict {
                let now = try await catalog.content(content.hash)
                guard let now, now.attributes.generation == content.attributes.generation,
                    now.stores != content.stores, try now.stores.contains(service().number)
                else { throw error }
                content = now
            }
        }
        try await giveUpOnce(content, for: task, actor: actor)
    }

    /// How often other holders may change while one gives up.
    private static let changesMaximum = 3

    private func giveUpOnce(
        _ content: ContentRecord, for task: TaskRecord?, actor: String
    ) async throws {
        let service = try service()
        let isHere = try await onDisk {
            try service.volume.checkPresence()
            return try service.volume.holds(content.hash)
        }
        guard isHere || content.stores.contains(service.number) else { return }
        do {
            let minimum = try await othersWanted(of: content, without: service.number)
            let proven = try await othersProven(
                of: content, without: service.number, wanted: minimum)
            try await giveUp(content, proven, minimum, for: task, actor: actor, service)
        } catch let error as SFSError where error.code == .conflict && isHere {
            try await revert(content)
            throw error
        }
    }

    /// How many others have to be left.
    ///
    /// - Throws: `SFSError` with code `.conflict` when a rule keeps it here.
    private func othersWanted(
        of content: ContentRecord, without own: StoreNumber
    ) async throws -> Int {
        let rules = try await catalog.rules(of: content.hash)
        if let rules, !rules.mayLeave(own), content.stores.contains(own) {
            throw SFSError(
                .conflict,
                "cannot remove '\(content.hash)' from store '\(settings.name)': a rule keeps it "
                    + "there; change it with 'sfs rule'")
        }
        return max(1, settings.minCopies, rules?.copyMinimum ?? 1)
    }

    /// r1 and r2.
    private func giveUp(
        _ content: ContentRecord, _ proven: [StoreNumber], _ minimum: Int, for task: TaskRecord?,
        actor: String, _ service: Service
    ) async throws {
        let (hash, generation) = (content.hash, content.attributes.generation)
        let names = proven.map { "\($0)" }.joined(separator: ", ")
        let reason = [task?.reason, "proven by stores \(names)"].compactMap(\.self)
        let isMoved = try await replicas.withLock(on: hash) {
            let removal = try await catalog.beginRemoval(
                of: hash, generation: generation, from: service.number, proven: proven,
                minimum: minimum, task: task, actor: actor, reason: reason.joined(separator: "; "))
            switch removal {
            case .removed: break
            case .refused: throw tooFew(hash, proven.count, of: minimum)
            case .unknown:
                // It did not count, so nobody asked for the others: it may be what is left of a
                // removal that came no further than r1.
                let now = try await catalog.content(hash)
                let left = now.map { Set($0.stores).intersection(proven).count } ?? minimum
                guard left >= minimum else { throw tooFew(hash, left, of: minimum) }
            }
            return try await trashHeld(hash, generation: generation, service)
        }
        logger.notice(
            "a replica was removed",
            metadata: ["hash": "\(hash)", "actor": "\(actor)", "moved": "\(isMoved)"])
    }

    /// Puts a replica that is here and does not count back on the row: too few others are left.
    ///
    /// Does nothing to one that counts.
    private func revert(_ content: ContentRecord) async throws {
        let now = try await catalog.content(content.hash)
        guard let now, try !now.stores.contains(service().number),
            try await recount(content.hash)
        else { return }
        logger.warning(
            "a replica stays, since too few others are left",
            metadata: ["hash": "\(content.hash)"])
    }

    /// Renames a file that does not count into the trash, for who holds the lock on `hash`.
    ///
    /// Returns whether there was one of `generation` or an older one.
    func trashHeld(
        _ hash: ContentHash, generation: Int32, _ service: Service
    ) async throws -> Bool {
        proofs.forget(hash)
        withdraw(hash)
        // And what was opened meanwhile, while the file still had its name.
        defer { withdraw(hash) }
        let volume = service.volume
        return try await onDiskToTheEnd {
            // A put writes the number of its generation before it names a file: one without any
            // is not that of a put under way.
            if let replica = try volume.openReplica(hash), replica.attributes == nil {
                try volume.setAttributes(
                    replica.derivedAttributes(generation: generation), of: hash)
            }
            return try volume.moveToTrash(hash, generation: generation, on: .now())
        }
    }

    /// Stores other than `own` that have proven that they hold `content`; as many as are `wanted`.
    ///
    /// - Throws: `SFSError` with code `.conflict` when there are fewer.
    private func othersProven(
        of content: ContentRecord, without own: StoreNumber, wanted: Int
    ) async throws -> [StoreNumber] {
        let names = Dictionary(
            try await catalog.stores().map { ($0.facts.number, $0.facts.name) }
        ) { $1 }
        var asked = content.stores.filter { $0 != own }[...]
        guard asked.count >= wanted else { throw tooFew(content.hash, asked.count, of: wanted) }
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
        try Task.checkCancellation()
        guard proven.count >= wanted else { throw tooFew(content.hash, proven.count, of: wanted) }
        return proven
    }

    private func hasProof(of content: ContentRecord, _ name: MemberName?) async -> Bool {
        guard let name else { return false }
        do {
            _ = try await provenPeer(name, of: content)
            return true
        } catch {
            logger.warning(
                "a store gave no proof", metadata: ["store": "\(name)", "error": "\(error)"])
            return false
        }
    }

    private func tooFew(_ hash: ContentHash, _ count: Int, of wanted: Int) -> SFSError {
        SFSError(
            .conflict,
            "cannot remove '\(hash)' from store '\(settings.name)': \(count) other stores have "
                + "it for sure, \(wanted) must; make more copies first")
    }
}
