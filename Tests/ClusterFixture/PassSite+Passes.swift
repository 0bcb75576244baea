import SFSCatalog
package import SFSCore
import SFSStore
package import SFSWire
import Testing

extension PassSite {
    /// Runs `body` while the stores `indexes` (`nil` = all) do what passes they are asked for.
    package func whileRunning<Result: Sendable>(
        _ indexes: [Int]? = nil, _ body: () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in indexes ?? Array(stores.indices) {
                group.addTask { await stores[index].runPasses() }
            }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    /// Asks for a pass, does it, and gives what came of it.
    package func pass(
        _ kind: PassKind, _ options: PassOptions = PassOptions(), on index: Int = 0
    ) async throws -> PassOutcome {
        try await request(kind, options, on: index)
        return try await whileRunning([index]) { try await end(of: kind, on: index) }
    }

    package func request(
        _ kind: PassKind, _ options: PassOptions = PassOptions(), on index: Int = 0
    ) async throws {
        let orders = String(decoding: try JSON.encode(options), as: UTF8.self)
        _ = try await catalog.requestPass(
            kind, of: try await number(index), orders: orders, replaces: true)
    }

    /// How the pass is now; `nil` when there was never one.
    package func state(of kind: PassKind, on index: Int = 0) async throws -> PassOutcome? {
        let number = try await number(index)
        return try await catalog.passes(kind: kind).first { $0.store == number }
            .map { try PassOutcome($0) }
    }

    /// Waits until the pass is done or failed.
    package func end(of kind: PassKind, on index: Int = 0) async throws -> PassOutcome {
        try await wait("the end of a pass", .seconds(300)) {
            let outcome = try await state(of: kind, on: index)
            return [.done, .failed].contains(outcome?.state) ? outcome : nil
        }
    }

    /// Waits until nothing is counted any more, of a pass that was paused or cancelled.
    package func settled(_ kind: PassKind, on index: Int = 0) async throws -> PassOutcome {
        var last = try #require(try await state(of: kind, on: index))
        while true {
            // Longer than between two notes of how far it is.
            try await Task.sleep(for: .milliseconds(1500))
            let next = try #require(try await state(of: kind, on: index))
            if next.counters == last.counters { return next }
            last = next
        }
    }

    /// Waits until `body` gives something.
    package func wait<Value>(
        _ what: String, _ limit: Duration = .seconds(60), _ body: () async throws -> Value?
    ) async throws -> Value {
        let deadline = ContinuousClock.now + limit
        while true {
            if let value = try await body() { return value }
            guard .now < deadline else { throw SFSError(.timeout, "waited too long for \(what)") }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}

/// How far a pass is, and what it found.
package struct PassOutcome: Sendable {
    package let state: PassState
    package let position: Int
    package let counters: PassCounters
    package let problem: String?

    init(_ record: PassRecord) throws {
        state = record.state
        position = record.position
        counters = try JSON.decode(PassCounters.self, from: record.counters.utf8)
        problem = record.problem
    }
}
