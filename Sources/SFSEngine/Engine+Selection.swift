import SFSCatalog
import SFSCore
import SFSWire

extension Engine {
    /// Shows `body` each content that `selection` means, by hash; returns the hashes among those
    /// that it names which the cluster does not hold.
    ///
    /// - Throws: `SFSError` with code `.usage` when not exactly one thing is selected, or too many;
    ///   `.notFound` for a store or zone that there is not.
    func eachContent(
        of selection: ContentSelection, _ view: PlanningView,
        _ body: (PlanningContent) throws -> Void
    ) async throws -> [ContentHash] {
        try check(selection)
        if let hashes = selection.hashes { return try await eachContent(of: hashes, body) }
        var stores: [StoreNumber]?
        var bounds: HashBounds?
        if let store = selection.store {
            stores = [try view.roll.record(named: store).facts.number]
        }
        if let zone = selection.zone { stores = try view.stores(inZone: zone) }
        if let prefix = selection.prefix { bounds = try HashBounds(prefix: prefix) }
        try await eachContent(on: stores, within: bounds, body)
        return []
    }

    /// Shows `body` each of `hashes` that the cluster holds, by hash; returns the others.
    func eachContent(
        of hashes: [ContentHash], _ body: (PlanningContent) throws -> Void
    ) async throws -> [ContentHash] {
        guard (1...ContentSelection.hashesMaximum).contains(hashes.count) else {
            throw SFSError(
                .usage,
                "\(hashes.count) hashes; name between 1 and \(ContentSelection.hashesMaximum)")
        }
        let asked = Set(hashes)
        let contents = try await catalog.planningContents(Array(asked))
        for content in contents.sorted(by: { $0.hash < $1.hash }) { try body(content) }
        return asked.subtracting(contents.map(\.hash)).sorted()
    }

    /// Shows `body` each content with a replica on one of `stores`, within `bounds`, by hash.
    func eachContent(
        on stores: [StoreNumber]?, within bounds: HashBounds? = nil,
        _ body: (PlanningContent) throws -> Void
    ) async throws {
        var last: ContentHash?
        while true {
            let page = try await catalog.planningContents(
                after: last, limit: Self.contentsPerPage, on: stores, from: bounds?.lower,
                below: bounds?.upper)
            for content in page { try body(content) }
            guard page.count == Self.contentsPerPage, let end = page.last else { return }
            last = end.hash
            try Task.checkCancellation()
        }
    }

    private static let contentsPerPage = 2000

    private func check(_ selection: ContentSelection) throws(SFSError) {
        guard selection.all != false else {
            throw SFSError(.usage, "'all' is true or absent")
        }
        let count = [
            selection.hashes != nil, selection.prefix != nil, selection.store != nil,
            selection.zone != nil, selection.all != nil,
        ].count { $0 }
        guard count == 1 else {
            throw SFSError(
                .usage,
                "contents are selected in \(count) ways; name hashes, a prefix, a store, a zone or "
                    + "all")
        }
    }
}
