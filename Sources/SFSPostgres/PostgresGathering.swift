import SFSCore
import Synchronization

/// Questions of one kind that come at the same time, answered by one statement: one round trip and
/// one commit for all of them.
///
/// Nobody waits for company: what comes while a statement is under way goes out with the next. Two
/// under way at once were slower, since each took half as many along.
package final class PostgresGathering<Item: Sendable, Value: Sendable>: Sendable {
    /// How to ask for several items at once.
    package struct Plan: Sendable {
        let statement: String
        let writes: Bool
        let values: @Sendable ([Item]) -> [PostgresValue]
        let answers: @Sendable ([PostgresRow], [Item]) throws -> [Value?]

        /// `values` makes the parameters of `statement` of items; `answers` finds the answer to each
        /// of them in the rows, `nil` where there is none.
        package init(
            statement: String, writes: Bool = false,
            values: @escaping @Sendable ([Item]) -> [PostgresValue],
            answers: @escaping @Sendable ([PostgresRow], [Item]) throws -> [Value?]
        ) {
            self.statement = statement
            self.writes = writes
            self.values = values
            self.answers = answers
        }
    }

    private struct Waiting: Sendable {
        let item: Item
        let answer: Answer<Value?>
    }

    private struct State {
        var waiting: [Waiting] = []
        var isUnderway = false
    }

    /// Items in one statement: a bound to what one that fails, or is slow, has others wait for.
    private static var itemsMaximum: Int { 64 }
    /// Items that may wait.
    private static var waitingMaximum: Int { 4096 }

    private let database: PostgresDatabase
    private let plan: Plan
    private let state = Mutex(State())

    /// Asks `database` as `plan` says.
    package init(_ database: PostgresDatabase, _ plan: Plan) {
        self.database = database
        self.plan = plan
    }

    /// The answer to `item`; `nil` when it must be asked for alone, since the statement was refused
    /// for any of its items, or broke, or has no answer for this one.
    ///
    /// Whether it was done is unknown then: only for what may be done again.
    ///
    /// - Throws: `SFSError` with code `.unavailable` when the server is away, `.timeout`, `.busy`
    ///   past the limit of waiting items; `CancellationError`.
    package func answer(_ item: Item) async throws -> Value? {
        let answer = Answer<Value?>()
        let isAdmitted = state.withLock { state in
            guard state.waiting.count < Self.waitingMaximum else { return false }
            state.waiting.append(Waiting(item: item, answer: answer))
            return true
        }
        guard isAdmitted else { throw PostgresFailure(.full).asError }
        // Who is about to ask on this thread, because its request came in with this one, goes along.
        await Task.yield()
        sendNext()
        return try await answer.value()
    }

    /// The answer to `item`, asked for alone, and again when the connection breaks.
    ///
    /// - Throws: as `PostgresDatabase.query` does; `SFSError` with code `.internal` when there is no
    ///   answer.
    package func answerAlone(_ item: Item) async throws -> Value {
        let rows = try await database.query(
            plan.statement, plan.values([item]), writes: plan.writes, retry: .idempotent)
        guard let answer = try plan.answers(rows, [item]).first ?? nil else {
            throw SFSError(.internal, "a statement has no answer")
        }
        return answer
    }

    private func sendNext() {
        let batch = state.withLock { state -> [Waiting] in
            guard !state.isUnderway, !state.waiting.isEmpty else { return [] }
            state.isUnderway = true
            let batch = Array(state.waiting.prefix(Self.itemsMaximum))
            state.waiting.removeFirst(batch.count)
            return batch
        }
        guard !batch.isEmpty else { return }
        let items = batch.map(\.item)
        database.send(plan.statement, plan.values(items), writes: plan.writes) { [self] outcome in
            let hopeless = state.withLock { state -> [Waiting] in
                state.isUnderway = false
                guard case .failure(let failure as PostgresFailure) = outcome, failure.isAway else {
                    return []
                }
                // Who came while a server that is away was waited for has waited long enough.
                defer { state.waiting = [] }
                return state.waiting
            }
            // First the next ones: the server should not wait for what follows here.
            sendNext()
            tell(batch + hopeless, outcome)
        }
    }

    private func tell(_ batch: [Waiting], _ outcome: Result<[PostgresRow], any Error>) {
        do {
            let answers = try plan.answers(try outcome.get(), batch.map(\.item))
            for (waiting, answer) in zip(batch, answers) { waiting.answer.give(.success(answer)) }
        } catch let failure as PostgresFailure {
            let result: Result<Value?, any Error> =
                failure.mayMendAlone ? .success(nil) : .failure(failure.asError)
            for waiting in batch { waiting.answer.give(result) }
        } catch {
            for waiting in batch { waiting.answer.give(.failure(error)) }
        }
    }
}

extension PostgresFailure {
    /// Whether the server was not to be reached at all.
    fileprivate var isAway: Bool { kind == .unreachable || kind == .closed }

    /// Whether a statement for one item may do better at once than one for several did.
    fileprivate var mayMendAlone: Bool {
        switch kind {
        case .refused, .interrupted, .lost: true
        case .unreachable, .late, .full, .closed: false
        }
    }
}
