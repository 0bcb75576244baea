import Logging
import SFSCatalog
import SFSCore
import SFSFiles
import SFSVolume
import SFSWire

extension Store {
    /// Does the passes that are asked of this store, one of each kind at a time, and asks for those
    /// that are due, until the task is cancelled.
    ///
    /// Part of `run()`. What is running when the store stops goes on at its next start.
    package func runPasses() async {
        await withDiscardingTaskGroup { group in
            for kind in PassKind.allCases {
                group.addTask { [self] in
                    var loop = PassLoop(store: self, kind: kind)
                    await loop.run()
                }
            }
        }
    }

    /// How many threads a pass reads with; in the background it takes no more of the disk than it
    /// must.
    func passWidth(_ options: PassOptions) -> Int {
        options.isBackground ? 1 : settings.passThreads
    }

    /// As `onDisk`, on the threads of passes: long reading, and the sleep that paces it, take no
    /// thread from those who read and write contents.
    func onPassDisk<Result: Sendable>(
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        do {
            return try await passDisk.run(body)
        } catch let error as SFSError where error.code == .io {
            suspect(error)
            throw error
        }
    }
}

/// Does the passes of one kind that are asked of a store.
private struct PassLoop {
    /// How often it looks for a pass, and saves how far one is.
    static let interval: Duration = .seconds(1)
    /// How often in a row a pass may be begun again because the catalog did not answer, without
    /// getting any further.
    static let interruptionsMaximum = 5

    let store: Store
    let kind: PassKind
    private var interruptions = 0
    /// Where the pass was begun that was interrupted last.
    private var interruptedAt = 0
    private var lastProblem = ""

    init(store: Store, kind: PassKind) {
        self.store = store
        self.kind = kind
    }

    mutating func run() async {
        while !Task.isCancelled {
            do {
                try await turn()
                lastProblem = ""
            } catch {
                log(error)
            }
            do {
                try await Task.sleep(for: Self.interval)
            } catch {
                break
            }
        }
    }

    private mutating func turn() async throws {
        // Being closed is an ordinary state: its passes wait.
        guard let service = try? store.service() else { return }
        try await requestDue(of: service.number)
        guard let record = try await store.catalog.claimPass(kind, of: service.number) else {
            return
        }
        try await perform(record, on: service)
    }

    // MARK: What the store asks of itself

    private func requestDue(of number: StoreNumber) async throws {
        let schedule = store.schedule
        let mayDiffer = kind == .inventory && schedule.mayDiffer
        guard mayDiffer || schedule.takeLook(kind) else { return }
        // A catalog that was lost must first learn what was deleted: see `InventoryPass`.
        guard try await !store.catalog.isRebuilding() else { return }
        if !mayDiffer {
            let last = try await store.catalog.passes(kind: kind).first { $0.store == number }
            guard schedule.isDue(kind, after: last) else { return }
        }
        _ = try await store.order(kind, of: number, PassOptions(isBackground: true))
        if mayDiffer { schedule.noteRequest() }
    }

    // MARK: One pass

    private mutating func perform(
        _ record: PassRecord, on service: Store.Service
    ) async throws {
        let report = PassReport(record)
        do {
            let options = try JSON.decode(PassOptions.self, from: record.orders.utf8)
            let isThrough = try await whileSaving(report, of: record) { [store, kind] in
                switch kind {
                case .inventory:
                    try await InventoryPass(store, service, options, report).run()
                case .verify:
                    try await VerifyPass(store, service, options, report).run()
                }
            }
            // Somebody paused or cancelled it, and the catalog knows.
            guard isThrough else { return }
            try await end(record, report, nil)
        } catch {
            try Task.checkCancellation()
            try await handle(SFSError(wrapping: error), record, report)
        }
        (interruptions, interruptedAt) = (0, 0)
    }

    /// Ends the pass as failed, or throws `error` so that it is taken up again, since it is not
    /// the pass that failed.
    private mutating func handle(
        _ error: SFSError, _ record: PassRecord, _ report: PassReport
    ) async throws {
        let mayPass = [.unavailable, .timeout, .busy].contains(error.code)
        if record.position > interruptedAt { interruptions = 0 }
        interruptedAt = record.position
        if mayPass, interruptions < Self.interruptionsMaximum {
            interruptions += 1
            throw error
        }
        try await end(record, report, error)
    }

    private func end(_ record: PassRecord, _ report: PassReport, _ error: SFSError?) async throws {
        try await store.catalog.endPass(
            record, state: error == nil ? .done : .failed, counters: report.encoded(),
            problem: error?.message)
        var metadata: Logger.Metadata = ["kind": "\(kind)", "counters": "\(report.counters)"]
        if let error {
            metadata["error"] = "\(error)"
            store.logger.error("a pass failed", metadata: metadata)
        } else {
            store.logger.notice("a pass is through", metadata: metadata)
        }
    }

    /// Runs `body`, saving `report` all the while; `false` when the pass was paused or cancelled
    /// meanwhile, whereupon `body` is stopped.
    private func whileSaving(
        _ report: PassReport, of record: PassRecord,
        _ body: @escaping @Sendable () async throws -> Void
    ) async throws -> Bool {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await body()
                return true
            }
            group.addTask { [self] in
                try await save(report, of: record)
                return false
            }
            defer {
                report.stop()
                group.cancelAll()
            }
            return try await group.next() ?? false
        }
    }

    /// Saves `report` now and then; returns when the pass is not to run any more.
    private func save(_ report: PassReport, of record: PassRecord) async throws {
        while true {
            try await Task.sleep(for: Self.interval)
            do {
                let state = try await store.catalog.savePass(
                    record, position: report.position, counters: report.encoded())
                guard state == .running else { return }
            } catch let error as SFSError where error.code != .notFound {
                // The work goes on while it can, and a later look saves it.
                store.logger.warning("cannot save a pass", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Says once what keeps on going wrong.
    private mutating func log(_ error: any Error) {
        let problem = "\(error)"
        guard problem != lastProblem, !Task.isCancelled else { return }
        lastProblem = problem
        store.logger.warning(
            "a pass has to wait", metadata: ["kind": "\(kind)", "error": "\(problem)"])
    }
}

extension Store {
    /// Has the store `number`, which is this one, go over its volume soon; `false` when it is asked
    /// already, or at it: that will do as well, its files are looked at after this.
    func order(
        _ kind: PassKind, of number: StoreNumber, _ options: PassOptions = PassOptions()
    ) async throws -> Bool {
        try await catalog.requestPass(
            kind, of: number, orders: String(decoding: try JSON.encode(options), as: UTF8.self))
    }
}
