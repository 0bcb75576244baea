/// One statement on its way to a server, and the promise of its answer.
final class PostgresRequest: Sendable {
    /// Which session may take it.
    enum Route: Sendable, Hashable {
        /// Any; it waits for one.
        case any
        /// The one that began its transaction, and no other.
        case only(Int)
        /// Whichever there is now; without one it fails at once.
        case current
    }

    let statement: String
    let parameters: PostgresEncoder
    let route: Route
    /// Until then it must be sent.
    let sendBy: ContinuousClock.Instant
    /// How long the answer may take once it is sent.
    let timeout: Duration
    let answer = Promise<PostgresAnswer>()

    init(
        _ statement: String, _ values: [PostgresValue] = [], route: Route = .any,
        sendBy: ContinuousClock.Instant, timeout: Duration
    ) {
        self.statement = statement
        parameters = PostgresEncoder(values)
        self.route = route
        self.sendBy = sendBy
        self.timeout = timeout
    }

    func fail(_ kind: PostgresFailure.Kind, _ detail: String = "") {
        answer.settle(.failure(PostgresFailure(kind, detail)))
    }
}

/// What came back for one statement.
struct PostgresAnswer: Sendable {
    let rows: [PostgresRow]
    /// The session that did it.
    let session: Int
}
