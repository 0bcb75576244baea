package import SFSCore

/// Why a request brought no answer; kept as the cause of the `SFSError` that a caller sees.
struct PostgresFailure: Error, Sendable, CustomStringConvertible {
    /// What became of the request.
    enum Kind: Sendable, Hashable {
        /// The server said no, with an SQLSTATE: nothing of it was done.
        case refused(String)
        /// It was never sent: no connection in time.
        case unreachable
        /// Its connection broke inside a transaction before COMMIT: nothing of it was done.
        case interrupted
        /// Its connection broke after it was sent: it may or may not have been done.
        case lost
        /// It was sent and not answered in time: it may or may not have been done.
        case late
        /// Too many wait already; it was never sent.
        case full
        /// The database was closed; it was never sent.
        case closed
    }

    var kind: Kind
    /// What libpq or the server said; for the log.
    var detail: String
    /// Whether the statement's plan was outdated, so that another try prepares it anew.
    var isStalePlan = false

    init(_ kind: Kind, _ detail: String = "") {
        self.kind = kind
        self.detail = detail
    }

    var description: String { "\(kind): \(detail)" }

    /// The same inside a transaction that was not yet told to commit.
    var beforeCommit: PostgresFailure {
        guard kind == .lost || kind == .late else { return self }
        var failure = self
        failure.kind = .interrupted
        return failure
    }

    /// Whether the work was certainly not done, and another try may do better: serialization
    /// failure, deadlock, a connection lost before COMMIT, a server that became read-only.
    var mayBeRepeated: Bool {
        switch kind {
        case .refused(let state): isStalePlan || Self.passing.contains(state)
        case .interrupted: true
        case .unreachable, .lost, .late, .full, .closed: false
        }
    }

    /// Whether the connection should be left for a new one, perhaps to another host.
    var endsSession: Bool { kind == .refused(Self.readOnly) }

    /// The error for the caller.
    ///
    /// Messages do not repeat what the server said: it may contain data.
    var asError: SFSError {
        switch kind {
        case .refused(let state): refusal(state)
        case .unreachable, .closed:
            SFSError(.unavailable, "the catalog's database does not answer", cause: self)
        case .interrupted, .lost:
            SFSError(.unavailable, "the connection to the catalog's database broke", cause: self)
        case .late: SFSError(.timeout, "the catalog's database took too long", cause: self)
        case .full: SFSError(.busy, "too many requests wait for the catalog", cause: self)
        }
    }

    private func refusal(_ state: String) -> SFSError {
        switch state {
        case _ where Self.passing.contains(state), "55P03":
            SFSError(.busy, "the catalog is too busy with the same things", cause: self)
        case "57014": SFSError(.timeout, "the catalog's database took too long", cause: self)
        case "23505": SFSError(.conflict, "the catalog has it already", cause: self)
        case "42501", "3D000":
            SFSError(
                .configuration,
                "the catalog's database refuses its user; grant it everything",
                cause: self)
        case _ where ["08", "53", "57", "58"].contains(state.prefix(2)):
            SFSError(.unavailable, "the catalog's database is out of order", cause: self)
        case _ where state.hasPrefix("28"):
            SFSError(.configuration, "the catalog's database refuses its user", cause: self)
        default: SFSError(.internal, "internal error", cause: self)
        }
    }

    private static let readOnly = "25006"
    /// serialization_failure, deadlock_detected, read_only_sql_transaction.
    private static let passing: Set<String> = ["40001", "40P01", readOnly]
}

extension SFSError {
    /// The SQLSTATE with which the server refused the statement that failed so; `nil` when it was
    /// something else.
    package var sqlState: String? {
        guard let failure = cause as? PostgresFailure, case .refused(let state) = failure.kind
        else { return nil }
        return state
    }
}
