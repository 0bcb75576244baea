import NIOCore
import SFSClient
import SFSCore
import SFSWire
import Synchronization

/// What `sfs bench` has made in a cluster, and must remove.
///
/// Its contents have an extension that nothing else has, with the number of the run in it, so that
/// what a run that was killed has left can be found in the catalog.
final class BenchTrail: Sendable {
    /// What extensions of all runs begin with.
    private static let mark = "sfsbench"
    private static let pageLength = 1000
    /// For puts that were cut off after their last byte, and may be recorded a moment later.
    private static let doubtTime: Duration = .seconds(1)

    private struct State {
        var contents: [ContentHash] = []
        var sold: Set<ContentHash> = []
        /// Whether one may be there whose answer never came.
        var hasDoubts = false
    }

    /// The extension of this run's contents.
    let fileExtension = mark + String(UInt64.random(in: 0...UInt64.max), radix: 36)
    private let prism: PrismClient
    private let state = Mutex(State())

    init(prism: PrismClient) {
        self.prism = prism
    }

    /// The contents that are there, in the order in which they came.
    var contents: [ContentHash] { state.withLock { $0.contents } }

    /// Puts `body`, whose bytes nobody else has.
    func put(_ body: ByteStream, length: Int64) async throws {
        do {
            let content = try await prism.put(
                body, length: length,
                PutOptions(fileExtension: fileExtension, mediaType: "application/octet-stream"))
            state.withLock { $0.contents.append(content.hash) }
        } catch {
            state.withLock { $0.hasDoubts = true }
            throw error
        }
    }

    /// Buys the right to read one of the contents.
    func purchase(_ hash: ContentHash) async throws -> PurchaseReply {
        _ = state.withLock { $0.sold.insert(hash) }
        return try await prism.purchase(PurchaseOrder(hash: hash, life: 3600))
    }

    /// Revokes and removes all of it; looks through the whole catalog for what it does not know
    /// of only when it `wasCut` or a put has failed.
    func clean(wasCut: Bool) async throws {
        let (contents, sold, hasDoubts) = state.withLock { state in
            (state.contents, state.sold, state.hasDoubts)
        }
        for hash in sold { _ = try await prism.revokePurchases(.hash(hash)) }
        try await remove(contents)
        guard wasCut || hasDoubts else { return }
        try await Task.sleep(for: Self.doubtTime)
        _ = try await removeMarked(fileExtension)
    }

    /// Revokes and removes what other runs have left, and what one that is under way has made.
    func removeLeftOvers() async throws -> Int { try await removeMarked(Self.mark) }

    private func removeMarked(_ mark: String) async throws -> Int {
        var found: [ContentHash] = []
        var after: String?
        repeat {
            let page = try await prism.catalogDump(after: after, limit: Self.pageLength)
            found += page.lines.compactMap(\.content).filter {
                $0.mimeExtension.hasPrefix(mark)
            }.map(\.hash)
            after = page.next
        } while after != nil
        for hash in found { _ = try await prism.revokePurchases(.hash(hash)) }
        try await remove(found)
        return found.count
    }

    private func remove(_ hashes: [ContentHash]) async throws {
        var rest = hashes[...]
        while !rest.isEmpty {
            let batch = Array(rest.prefix(ContentSelection.hashesMaximum))
            rest = rest.dropFirst(batch.count)
            // Nobody has to see this plan: it takes away what this program has put.
            let order = PlanOrder(
                remove: RemoveOrder(hashes: batch), apply: true, isConfirmed: true,
                reason: "sfs bench")
            _ = try await prism.makePlan(order)
        }
    }
}
