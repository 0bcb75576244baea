import SFSCore
import Synchronization

/// The statements of one transaction; valid until the body that it was given to returns.
package final class PostgresTransaction: Sendable {
    private struct State {
        var failure: PostgresFailure?
        var isOver = false
    }

    private let state = Mutex(State())
    private let link: PostgresLink
    private let session: Int
    private let options: PostgresOptions

    init(link: PostgresLink, session: Int, options: PostgresOptions) {
        self.link = link
        self.session = session
        self.options = options
    }

    /// The first statement that failed: the server does nothing more after it.
    var failure: PostgresFailure? { state.withLock { $0.failure } }

    /// Runs one statement with its parameters bound to `$1`, `$2`, …, and returns its rows.
    ///
    /// Statements run in the order of the calls; calls may overlap. After a failure all others
    /// fail as well, and the transaction is rolled back whatever the body makes of the error.
    /// `timeout` is for a statement that may take longer than the server's `statement_timeout`,
    /// which the caller has raised before.
    ///
    /// - Throws: `SFSError`; `CancellationError`.
    @discardableResult
    package func query(
        _ statement: String, _ values: [PostgresValue] = [], timeout: Duration? = nil
    ) async throws -> [PostgresRow] {
        let (failure, isOver) = state.withLock { ($0.failure, $0.isOver) }
        if let failure { throw failure.asError }
        if isOver { throw SFSError(.internal, "a transaction was used after its end") }
        do {
            return try await answer(to: statement, values, timeout: timeout).rows
        } catch let failure as PostgresFailure {
            let failure = failure.beforeCommit
            state.withLock { $0.failure = $0.failure ?? failure }
            throw failure.asError
        }
    }

    /// Commits.
    ///
    /// - Throws: `PostgresFailure`, of which `.lost` and `.late` leave open whether it is
    ///   committed; `CancellationError`, which does so, too.
    func commit() async throws {
        end()
        if let failure { throw failure }
        _ = try await answer(to: "COMMIT", [])
    }

    /// Lets no more statements in.
    func end() {
        state.withLock { $0.isOver = true }
    }

    private func answer(
        to statement: String, _ values: [PostgresValue], timeout: Duration? = nil
    ) async throws -> PostgresAnswer {
        try await link.answer(
            to: PostgresRequest(
                statement, values, route: .only(session), sendBy: .now + options.answerTimeout,
                timeout: timeout ?? options.answerTimeout))
    }
}
